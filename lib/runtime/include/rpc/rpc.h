// Everything a program uses besides its generated headers.
//
//   #include <rpc/rpc.h>
//
//   #include "thermostat.rpc.h"
//
//   rpc::Channel channel = rpc::connect("tcp://127.0.0.1:7000");
//   home::ThermostatClient thermostat(channel);
//
// Files that only make calls need no more than the generated header, and compile faster without this one.
#pragma once

#include <rpc/access.h>
#include <rpc/channel.h>
#include <rpc/error.h>
#include <rpc/future.h>
#include <rpc/limits.h>
#include <rpc/log.h>
#include <rpc/options.h>
#include <rpc/peer.h>
#include <rpc/pending.h>
#include <rpc/pending_source.h>
#include <rpc/queue.h>
#include <rpc/receipt.h>
#include <rpc/result.h>
#include <rpc/server.h>
#include <rpc/stop.h>
#include <rpc/task.h>
#include <rpc/this_call.h>
#include <rpc/tls.h>
#include <rpc/trace.h>
#include <rpc/uuid.h>
#include <rpc/when.h>
