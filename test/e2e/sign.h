// What two headers share.
#pragma once

namespace e2e {

enum class Sign { plus, minus };

}  // namespace e2e
