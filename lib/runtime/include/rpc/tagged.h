// The tagged encoding of all types that the runtime knows. Generated code includes what it needs of these.
#pragma once

#include <rpc/tagged/adaptor.h>
#include <rpc/tagged/array.h>
#include <rpc/tagged/bit_field.h>
#include <rpc/tagged/bitset.h>
#include <rpc/tagged/complex.h>
#include <rpc/tagged/custom.h>
#include <rpc/tagged/enum.h>
#include <rpc/tagged/error_code.h>
#include <rpc/tagged/expected.h>
#include <rpc/tagged/list.h>
#include <rpc/tagged/map.h>
#include <rpc/tagged/path.h>
#include <rpc/tagged/shared.h>
#include <rpc/tagged/string.h>
#include <rpc/tagged/tuple.h>
#include <rpc/tagged/unique.h>
#include <rpc/tagged/variant.h>
#include <rpc/tagged/view.h>
