#include "runtime/queue/power_loss.h"

#include <sqlite3.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <new>
#include <random>
#include <vector>

namespace {

constexpr sqlite3_int64 sector = 512;

/// Whether and how much of a write reaches the disk before it is synced.
class Chance {
 public:
  void seed(unsigned seed) { random_.seed(seed); }

  int written(int size) {
    const std::lock_guard lock(mutex_);
    if (random_() % 4 != 0) return 0;
    const sqlite3_int64 sectors = random_() % (static_cast<unsigned>(size / sector) + 2);
    return static_cast<int>(std::min<sqlite3_int64>(sectors * sector, size));
  }

 private:
  std::mutex mutex_;
  std::minstd_rand random_;
};

Chance chance;

/// What the process sees of a file, and what of that the disk does not have yet.
class Cache {
 public:
  explicit Cache(sqlite3_file* disk) : disk_(disk) {}

  int load() {
    sqlite3_int64 size = 0;
    if (const int result = disk_->pMethods->xFileSize(disk_, &size); result != SQLITE_OK) return result;
    bytes_.resize(static_cast<std::size_t>(size));
    return bytes_.empty() ? SQLITE_OK : disk_->pMethods->xRead(disk_, bytes_.data(), static_cast<int>(size), 0);
  }

  int read(void* to, int size, sqlite3_int64 at) const {
    const auto there = std::clamp<sqlite3_int64>(this->size() - at, 0, size);
    std::memset(to, 0, static_cast<std::size_t>(size));
    if (there != 0) std::memcpy(to, bytes_.data() + at, static_cast<std::size_t>(there));
    return there == size ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
  }

  int write(const void* from, int size, sqlite3_int64 at) {
    const auto* const begin = static_cast<const char*>(from);
    bytes_.resize(static_cast<std::size_t>(std::max(this->size(), at + size)));
    std::copy_n(begin, size, bytes_.begin() + at);
    changes_.push_back({at, {begin, begin + size}, false});
    const int early = chance.written(size);
    return early == 0 ? SQLITE_OK : disk_->pMethods->xWrite(disk_, from, early, at);
  }

  int truncate(sqlite3_int64 size) {
    bytes_.resize(static_cast<std::size_t>(size));
    changes_.push_back({size, {}, true});
    return SQLITE_OK;
  }

  int sync() {
    for (const Change& change : changes_) {
      const int result = change.truncates ? disk_->pMethods->xTruncate(disk_, change.at)
                                          : disk_->pMethods->xWrite(disk_, change.bytes.data(),
                                                                    static_cast<int>(change.bytes.size()), change.at);
      if (result != SQLITE_OK) return result;
    }
    changes_.clear();
    return SQLITE_OK;
  }

  sqlite3_int64 size() const { return static_cast<sqlite3_int64>(bytes_.size()); }

 private:
  struct Change {
    sqlite3_int64 at;
    std::vector<char> bytes;
    bool truncates;
  };

  sqlite3_file* const disk_;
  std::vector<char> bytes_;
  std::vector<Change> changes_;
};

/// As SQLite allocates it; the file of the disk is behind it.
struct File {
  sqlite3_file base;
  Cache* cache;

  sqlite3_file* disk() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

File& file_of(sqlite3_file* file) { return *reinterpret_cast<File*>(file); }
Cache& cache_of(sqlite3_file* file) { return *file_of(file).cache; }

// What is closed in order is on its way to the disk, and no power fails any more.
int close(sqlite3_file* file) {
  sqlite3_file* const disk = file_of(file).disk();
  const int result = cache_of(file).sync();
  delete file_of(file).cache;
  disk->pMethods->xClose(disk);
  return result;
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
  *size = cache_of(file).size();
  return SQLITE_OK;
}

int control(sqlite3_file* file, int operation, void* argument) {
  sqlite3_file* const disk = file_of(file).disk();
  return disk->pMethods->xFileControl(disk, operation, argument);
}

// Version 1: no shared memory, which an exclusive database has no use for.
constexpr sqlite3_io_methods methods = {
    .iVersion = 1,
    .xClose = &close,
    .xRead = [](sqlite3_file* file, void* to, int size, sqlite3_int64 at) { return cache_of(file).read(to, size, at); },
    .xWrite = [](sqlite3_file* file, const void* from, int size,
                 sqlite3_int64 at) { return cache_of(file).write(from, size, at); },
    .xTruncate = [](sqlite3_file* file, sqlite3_int64 size) { return cache_of(file).truncate(size); },
    .xSync = [](sqlite3_file* file, int) { return cache_of(file).sync(); },
    .xFileSize = &file_size,
    .xLock = [](sqlite3_file* file,
                int kind) { return file_of(file).disk()->pMethods->xLock(file_of(file).disk(), kind); },
    .xUnlock = [](sqlite3_file* file,
                  int kind) { return file_of(file).disk()->pMethods->xUnlock(file_of(file).disk(), kind); },
    .xCheckReservedLock =
        [](sqlite3_file* file, int* found) {
          return file_of(file).disk()->pMethods->xCheckReservedLock(file_of(file).disk(), found);
        },
    .xFileControl = &control,
    .xSectorSize = [](sqlite3_file*) { return static_cast<int>(sector); },
    .xDeviceCharacteristics = [](sqlite3_file*) { return 0; },
    .xShmMap = nullptr,
    .xShmLock = nullptr,
    .xShmBarrier = nullptr,
    .xShmUnmap = nullptr,
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

sqlite3_vfs* disk_vfs = nullptr;

int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* flags_out) {
  File& opened = file_of(file);
  opened.base.pMethods = nullptr;
  if (const int result = disk_vfs->xOpen(disk_vfs, name, opened.disk(), flags, flags_out); result != SQLITE_OK)
    return result;
  opened.cache = new Cache(opened.disk());
  opened.base.pMethods = &methods;
  return opened.cache->load();
}

}  // namespace

void lose_what_is_not_synced(unsigned seed) {
  chance.seed(seed);
  disk_vfs = sqlite3_vfs_find(nullptr);
  static sqlite3_vfs vfs = *disk_vfs;
  vfs.zName = "power_loss";
  vfs.szOsFile = static_cast<int>(sizeof(File)) + disk_vfs->szOsFile;
  vfs.xOpen = &open;
  if (sqlite3_vfs_register(&vfs, 1) != SQLITE_OK) std::abort();
}
