#include "emit/artefacts.h"
#include "emit/signature.h"
#include "emit/writer.h"

namespace farcall {

std::string service_class(const InterfacePlan& interface) {
  Writer w;
  const auto methods = [&] {
    for (const MethodPlan& method : interface.methods) {
      w.emit({{"declaration", declare(service_signature(method), 2, "virtual ")}}, "$declaration$");
    }
  };
  w.emit({{"interface", interface.name}, {"service", interface.service}, {"methods", methods}}, R"cc(
    /// Implement this instead of $interface$ to finish asynchronous calls later, off the calling thread.
    class $service$ {
     public:
      virtual ~$service$() = default;

      $methods$
    };
  )cc");
  return w.take();
}

}  // namespace farcall
