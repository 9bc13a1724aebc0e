#include "output/file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace farcall {

FileContents read_file(const std::filesystem::path& path) {
  const auto failed = [](int error) -> FileContents {
    return {std::nullopt, error == ENOENT ? std::string() : std::generic_category().message(error)};
  };
  const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return failed(errno);
  std::string contents;
  char chunk[65536];
  ssize_t count = 0;
  while ((count = read(descriptor, chunk, sizeof chunk)) != 0) {
    if (count > 0)
      contents.append(chunk, static_cast<std::size_t>(count));
    else if (errno != EINTR)
      break;
  }
  const int error = errno;
  close(descriptor);
  return count == 0 ? FileContents{std::move(contents), {}} : failed(error);
}

}  // namespace farcall
