// What shells are told, and that their scripts ask for it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "ctl/program.h"

namespace farcall::ctl::test {
namespace {

using testing::HasSubstr;

/// What completes the last of the words.
std::string completed(const std::string& words) {
  const CtlRun run = run_ctl("__complete " + words);
  EXPECT_EQ(run.status, 0);
  EXPECT_EQ(run.err, "");
  return run.out;
}

TEST(Completion, OfCommandsAndOptions) {
  EXPECT_EQ(completed("''"), "ls\ndescribe\ncall\ncounters\ntop\nqueue\ncompletion\n--help\n--version\n");
  EXPECT_EQ(completed("c"), "call\ncounters\ncompletion\n");
  EXPECT_EQ(completed("call --"),
            "--help\n--deadline\n--metadata\n--pretty\n--compact\n--tls-ca\n--tls-cert\n--tls-key\n");
  EXPECT_EQ(completed("describe --j"), "--json\n");
  EXPECT_EQ(completed("call ''"), "tcp://\nunix:\n");
  EXPECT_EQ(completed("completion z"), "zsh\n");
  EXPECT_EQ(completed("queue p"), "peek\npurge\n");
  EXPECT_EQ(completed("queue ls --d"), "--dead\n--dir\n--deadline\n");
  EXPECT_EQ(completed("queue ls ''"), "");
  EXPECT_EQ(completed("frobnicate ''"), "");
}

TEST(Completion, OfInterfacesAndMethodsAsksTheServer) {
  const OddServer server(odd_contract("\"int32\""));
  EXPECT_EQ(completed("call " + server.url + " ''"), "Odd.\nrpc::Monitor.\nrpc::Reflection.\n");
  EXPECT_EQ(completed("call --deadline 1s " + server.url + " Odd.g"), "Odd.get\n");
  EXPECT_EQ(completed("describe " + server.url + " O"), "Odd\n");
  EXPECT_EQ(completed("describe " + server.url + " Odd."), "Odd.get\nOdd.put\n");
  EXPECT_EQ(completed("ls " + server.url + " ''"), "");
}

TEST(Completion, IsSilentWhereNothingIsKnown) {
  EXPECT_EQ(completed("call unix:/nowhere/at/all Odd.g"), "");
  EXPECT_EQ(completed("call ftp://x Odd.g"), "");
  const OddServer server("nonsense");
  EXPECT_EQ(completed("call " + server.url + " Odd.g"), "");
}

TEST(Completion, OffersNoNamesThatAShellWouldRun) {
  std::string contract = odd_contract("\"int32\"");
  contract.replace(contract.find("\"put\""), 5, "\"$(reboot)\"");
  const OddServer server(contract);
  EXPECT_EQ(completed("call " + server.url + " Odd."), "Odd.get\n");
}

/// In bash, which takes words apart at their colons.
std::string in_bash(const std::string& line) {
  const Folder folder;
  folder.put("try.sh", "source <('" FARCALLCTL
                       "' completion bash)\nCOMP_LINE=\"$1\"\nCOMP_POINT=${#COMP_LINE}\n"
                       "_farcallctl\nprintf '<%s>' \"${COMPREPLY[@]}\"\n");
  const std::string command =
      "bash '" + folder.path("try.sh") + "' \"" FARCALLCTL " " + line + "\" >'" + folder.path("out") + "' 2>&1";
  EXPECT_EQ(std::system(command.c_str()), 0);
  return folder.get("out");
}

TEST(Completion, InBash) {
  const OddServer server(odd_contract("\"int32\""));
  EXPECT_EQ(in_bash("des"), "<describe >");
  EXPECT_EQ(in_bash("call " + server.url + " "), "<Odd.><rpc::Monitor.><rpc::Reflection.>");
  EXPECT_EQ(in_bash("call " + server.url + " Odd."), "<Odd.get><Odd.put>");
  EXPECT_EQ(in_bash("call " + server.url + " rpc::Re"), "<Reflection.>");
  EXPECT_EQ(in_bash("call uni"), "<unix:>");
}

bool has(const std::string& shell) { return std::system(("command -v " + shell + " >/dev/null").c_str()) == 0; }

TEST(Completion, InZsh) {
  if (!has("zsh")) GTEST_SKIP() << "zsh is not installed";
  const OddServer server(odd_contract("\"int32\""));
  const Folder folder;
  folder.put("try.sh", "compdef() { :; }\ncompadd() { print -l -- $@ $found }\nsource <('" FARCALLCTL
                       "' completion zsh)\nwords=('" FARCALLCTL "' call " +
                           server.url + " Odd.)\nCURRENT=4\n_farcallctl\n");
  EXPECT_EQ(std::system(("zsh -f '" + folder.path("try.sh") + "' >'" + folder.path("out") + "' 2>&1").c_str()), 0);
  EXPECT_EQ(folder.get("out"), "-S\n-a\nfound\nOdd.get\nOdd.put\n");
}

TEST(Completion, ScriptsAreThoseOfTheirShells) {
  for (const char* shell : {"bash", "zsh", "fish"}) {
    const std::string script = run_ctl(std::string("completion ") + shell).out;
    EXPECT_THAT(script, HasSubstr("__complete"));
    const Folder folder;
    folder.put("script", script);
    if (!has(shell)) continue;
    EXPECT_EQ(std::system((std::string(shell) + " -n '" + folder.path("script") + "'").c_str()), 0) << shell;
  }
}

}  // namespace
}  // namespace farcall::ctl::test
