// A disk for SQLite that forgets at the end of the process what it was not told to sync, as one that loses its power:
// all of it, or all but some writes, of which the last sectors may be missing.
//
//   lose_what_is_not_synced(seed);     // from now on every database that is opened; kill -9 is the power failure
#pragma once

/// Once, before the first database is opened.
void lose_what_is_not_synced(unsigned seed);
