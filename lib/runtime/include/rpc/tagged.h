// The tagged encoding of all types that the runtime knows. Generated code includes what it needs of these.
#pragma once

#include <rpc/tagged/complex.h>
#include <rpc/tagged/enum.h>
#include <rpc/tagged/list.h>
#include <rpc/tagged/map.h>
#include <rpc/tagged/string.h>
#include <rpc/tagged/tuple.h>
#include <rpc/tagged/variant.h>
