// Marshalling for generated code: how values become bytes and bytes become values. docs/protocol.md describes the
// encoding.
//
//   rpc::Buffer buffer;
//   rpc::Encoder out(buffer, limits);
//   rpc::Writer to = out.begin();
//   to.write(readings);
//   out.commit(to);
//
//   rpc::Decoder in(buffer.data(), buffer.size(), limits);
//   rpc::Reader from = in.begin();
//   from.read(readings);
//   in.finish(from);
#pragma once

#include <rpc/wire/adaptor_codec.h>
#include <rpc/wire/bitset_codec.h>
#include <rpc/wire/codec.h>
#include <rpc/wire/complex_codec.h>
#include <rpc/wire/enum_codec.h>
#include <rpc/wire/error_code_codec.h>
#include <rpc/wire/expected_codec.h>
#include <rpc/wire/list_codec.h>
#include <rpc/wire/map_codec.h>
#include <rpc/wire/path_codec.h>
#include <rpc/wire/sequence_codec.h>
#include <rpc/wire/shared_codec.h>
#include <rpc/wire/string_codec.h>
#include <rpc/wire/tuple_codec.h>
#include <rpc/wire/unique_codec.h>
#include <rpc/wire/variant_codec.h>
#include <rpc/wire/view_codec.h>
