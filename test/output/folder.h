// A folder of its own for one test, gone when the test ends.
//
//   Folder folder;
//   folder.put("a.h", "int a;");  EXPECT_EQ(folder.get("a.h"), "int a;");
#pragma once

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

namespace farcall {

class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "farcall-test-XXXXXX").string();
    root_ = mkdtemp(name.data());
  }
  ~Folder() { std::filesystem::remove_all(root_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  [[nodiscard]] std::string path(const std::string& name = ".") const { return (root_ / name).string(); }
  void put(const std::string& name, const std::string& contents) const {
    std::ofstream(path(name), std::ios::binary) << contents;
  }
  [[nodiscard]] std::string get(const std::string& name) const {
    std::ifstream file(path(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  /// The names of everything in it, hidden files too.
  [[nodiscard]] std::set<std::string> names() const {
    std::set<std::string> found;
    for (const auto& entry : std::filesystem::directory_iterator(root_)) found.insert(entry.path().filename().string());
    return found;
  }

 private:
  std::filesystem::path root_;
};

}  // namespace farcall
