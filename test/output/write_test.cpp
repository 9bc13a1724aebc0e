#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>

#include "output/folder.h"
#include "output/output.h"

namespace farcall {
namespace {

namespace fs = std::filesystem;
using Names = std::set<std::string>;

/// Runs code as an ordinary user even where the tests run as root, who may write anywhere.
class Unprivileged {
 public:
  Unprivileged() {
    if (geteuid() == 0) changed_ = seteuid(nobody) == 0;
  }
  ~Unprivileged() {
    if (changed_ && seteuid(0) != 0) std::abort();
  }
  Unprivileged(const Unprivileged&) = delete;
  Unprivileged& operator=(const Unprivileged&) = delete;

 private:
  static constexpr uid_t nobody = 65534;
  bool changed_ = false;
};

TEST(Write, MakesAFileAndItsFolders) {
  const Folder folder;
  EXPECT_EQ(write({folder.path("gen/rpc/a.h"), "int a;\n"}).outcome, WriteOutcome::written);
  EXPECT_EQ(folder.get("gen/rpc/a.h"), "int a;\n");
}

TEST(Write, ReplacesAFile) {
  const Folder folder;
  folder.put("a.h", "a much longer old text");
  EXPECT_EQ(write({folder.path("a.h"), "new"}).outcome, WriteOutcome::written);
  EXPECT_EQ(folder.get("a.h"), "new");
  EXPECT_EQ(folder.names(), Names{"a.h"});
}

TEST(Write, LeavesEqualContentsAlone) {
  const Folder folder;
  folder.put("a.h", "same");
  const fs::file_time_type old = fs::last_write_time(folder.path("a.h")) - std::chrono::hours(1);
  fs::last_write_time(folder.path("a.h"), old);
  EXPECT_EQ(write({folder.path("a.h"), "same"}).outcome, WriteOutcome::unchanged);
  EXPECT_EQ(fs::last_write_time(folder.path("a.h")), old);
}

TEST(Write, TakesANameInTheCurrentFolder) {
  const Folder folder;
  const fs::path previous = fs::current_path();
  fs::current_path(folder.path());
  EXPECT_EQ(write({"a.h", "a"}).outcome, WriteOutcome::written);
  fs::current_path(previous);
  EXPECT_EQ(folder.names(), Names{"a.h"});
}

TEST(Write, KeepsThePermissionsOfTheFile) {
  const Folder folder;
  folder.put("a.h", "old");
  fs::permissions(folder.path("a.h"), fs::perms(0640));
  EXPECT_EQ(write({folder.path("a.h"), "new"}).outcome, WriteOutcome::written);
  EXPECT_EQ(fs::status(folder.path("a.h")).permissions(), fs::perms(0640));
}

TEST(Write, GivesANewFileTheUsualPermissions) {
  const Folder folder;
  const mode_t mask = umask(022);
  EXPECT_EQ(write({folder.path("a.h"), "new"}).outcome, WriteOutcome::written);
  umask(mask);
  EXPECT_EQ(fs::status(folder.path("a.h")).permissions(), fs::perms(0644));
}

TEST(Write, GoesThroughASymbolicLink) {
  const Folder folder;
  folder.put("real.h", "old");
  fs::create_symlink("real.h", folder.path("link.h"));
  EXPECT_EQ(write({folder.path("link.h"), "new"}).outcome, WriteOutcome::written);
  EXPECT_TRUE(fs::is_symlink(folder.path("link.h")));
  EXPECT_EQ(folder.get("real.h"), "new");
  fs::create_symlink("later.h", folder.path("dangling.h"));
  EXPECT_EQ(write({folder.path("dangling.h"), "new"}).outcome, WriteOutcome::written);
  EXPECT_EQ(folder.get("later.h"), "new");
}

/// Expects a failure with this reason, and nothing new in the folder.
void expect_failure(const Folder& folder, const std::string& name, const std::string& why) {
  const Names before = folder.names();
  const WriteResult result = write({folder.path(name), "new"});
  EXPECT_EQ(result.outcome, WriteOutcome::failed);
  EXPECT_EQ(result.error, "cannot write '" + folder.path(name) + "': " + why);
  EXPECT_EQ(folder.names(), before);
}

TEST(WriteFails, OnAFolder) {
  const Folder folder;
  fs::create_directory(folder.path("a.h"));
  expect_failure(folder, "a.h", "it is a directory");
}

TEST(WriteFails, OnADevice) {
  const Folder folder;
  ASSERT_EQ(mkfifo(folder.path("a.h").c_str(), 0600), 0);
  expect_failure(folder, "a.h", "it is not a regular file");
}

TEST(WriteFails, OnALinkToItself) {
  const Folder folder;
  fs::create_symlink("a.h", folder.path("a.h"));
  expect_failure(folder, "a.h", "Too many levels of symbolic links");
}

TEST(WriteFails, WhereAFileStandsForAFolder) {
  const Folder folder;
  folder.put("gen", "a file");
  const WriteResult result = write({folder.path("gen/a.h"), "new"});
  EXPECT_EQ(result.outcome, WriteOutcome::failed);
  EXPECT_NE(result.error.find("Not a directory"), std::string::npos) << result.error;
}

TEST(WriteFails, InAReadOnlyFolder) {
  const Folder folder;
  folder.put("a.h", "old");
  fs::permissions(folder.path(), fs::perms(0555));
  {
    const Unprivileged user;
    expect_failure(folder, "a.h", "Permission denied");
    expect_failure(folder, "b.h", "Permission denied");
  }
  fs::permissions(folder.path(), fs::perms(0755));
  EXPECT_EQ(folder.get("a.h"), "old");
}

TEST(WriteFails, WhenNoMoreFitsOnTheDisk) {
  const Folder folder;
  folder.put("a.h", "old");
  rlimit old_limit{};
  getrlimit(RLIMIT_FSIZE, &old_limit);
  const rlimit tiny{1024, old_limit.rlim_max};
  const auto old_handler = std::signal(SIGXFSZ, SIG_IGN);
  setrlimit(RLIMIT_FSIZE, &tiny);
  const WriteResult result = write({folder.path("a.h"), std::string(5000, 'x')});
  setrlimit(RLIMIT_FSIZE, &old_limit);
  std::signal(SIGXFSZ, old_handler);
  EXPECT_EQ(result.outcome, WriteOutcome::failed);
  EXPECT_EQ(result.error, "cannot write '" + folder.path("a.h") + "': File too large");
  EXPECT_EQ(folder.get("a.h"), "old");
  EXPECT_EQ(folder.names(), Names{"a.h"});
}

TEST(Write, IsSafeBetweenProcesses) {
  const Folder folder;
  constexpr int writers = 4;
  constexpr int rounds = 300;
  const auto contents = [](int writer) { return std::string(20'000 + writer, static_cast<char>('a' + writer)); };
  std::vector<pid_t> children;
  for (int writer = 0; writer < writers; ++writer) {
    const pid_t child = fork();
    if (child == 0) {
      bool sound = true;
      for (int round = 0; round < rounds; ++round) {
        sound = sound && write({folder.path("a.h"), contents(writer)}).outcome != WriteOutcome::failed;
        const std::string seen = folder.get("a.h");
        sound = sound && !seen.empty() && seen == contents(seen.front() - 'a');
      }
      _exit(sound ? 0 : 1);
    }
    children.push_back(child);
  }
  for (const pid_t child : children) {
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
  }
  EXPECT_EQ(folder.names(), Names{"a.h"});
}

TEST(Write, SurvivesATemporaryFileSomebodyLeft) {
  const Folder folder;
  for (unsigned number = 0; number < 1000; ++number)
    folder.put(".farcall-" + std::to_string(getpid()) + "-" + std::to_string(number) + ".tmp", "left");
  EXPECT_EQ(write({folder.path("a.h"), "new"}).outcome, WriteOutcome::written);
  EXPECT_EQ(folder.get("a.h"), "new");
  EXPECT_EQ(folder.names().size(), 1001U);
}

}  // namespace
}  // namespace farcall
