// Compiles. What it includes is listed and searched for headers that would be too much for every user of a stub.
#include <rpc/stub.h>
