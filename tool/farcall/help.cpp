#include "help.h"

namespace farcall {
namespace {

constexpr const char* flags_and_runs = R"(
Flags for parsing
  -p <folder>               the folder of compile_commands.json; by default it is looked for above each header. A
                            header without an entry gets the flags of a similar file. With no database at all:
                            -std=c++20 and the header's folder
  -- <flags>...             parse with these instead
  --extra-arg=<flag>        one more flag behind the others; may be repeated
  --extra-arg-before=<flag> one more flag before the others; may be repeated

How it runs
  @<file>                   more arguments, one on each line of the file, just as they are
  -j <n>                    runs of the parser at once; the default is the number of cores. Headers with the same flags
                            are parsed in one run
  --quiet                   errors only
  --verbose                 say what is done and why
  --color=auto|always|never colours in diagnostics and differences
)";

constexpr const char* rewritings = R"(
What to do
  --set=<target>=<attribute>
                            write [[rpc::<attribute>]] at a class, a method (home::Thermostat::history), a parameter
                            (home::Thermostat::history::days) or a field (home::Reading::celsius). A mode takes the
                            place of another, an attribute that is there gets the new argument. Overloads are named by
                            their rpc::name. In this order, before fixes
  --set=<target>=-<attribute>
                            remove it
  --add-interface=<class>   the same as --set=<class>=interface
  --extract-interface=<class>[=<name>]
                            write an interface before a concrete class, and derive the class from it. It has the public
                            methods that the class declares, but for those that are local, and all attributes. Without
                            a name it is called as the class, with Interface behind. After --set, before fixes
  --fix                     apply the first fix of every finding that has one
  --fix=<id>[:<n>],...      only those of these rules, and of several fixes the n-th
  --dry-run                 print what would change, in colours on a terminal, and change no header
  --export-fixes=<file>     write what would change as YAML, and change no header: clang-apply-replacements <folder> makes
                            the changes of all such files in a folder
)";

constexpr const char* warnings = R"(
Warnings, by the name in brackets behind them; the last option that names one wins. Errors cannot be turned off.
  -Wno-<id>                 turn a warning off
  -W<id>                    turn it on again
  -Werror                   make all warnings errors
  -Werror=<id>              make one an error; -Wno-error=<id> takes it back
)";

constexpr const char* reports = R"(
Reports
  --format=text|sarif       how findings are told: as Clang does, on stderr, or as a SARIF 2.1.0 log with their fixes
  --output=<file>           where the SARIF log goes; the default is stdout
  --export-fixes=<file>     write findings and fixes as YAML for clang-apply-replacements
)";

}  // namespace

std::string overview() {
  return R"(Farcall turns an annotated C++ header into a remote interface.

usage: farcall <command> [options]

Commands
  generate    write client, service and marshalling code for annotated headers
  check       say what is wrong with headers, and write nothing
  rewrite     apply the fixes that Farcall offers to the headers
  compat      list what changed in a header since another version of it, and what that breaks
  explain     tell about a rule: what it means, why, and what to write instead
  lsp         serve an editor: findings while you type, fixes, hover, completion of attributes

  farcall generate thermostat.h        makes thermostat.rpc.h and thermostat.rpc.cpp
  farcall generate --help              tells about its options
  farcall explain maybe-result         tells about [maybe-result]

Options
  --help      this text
  --version   versions of Farcall and of the Clang in it
)";
}

std::string generate_help() {
  return std::string(R"(usage: farcall generate [options] <header>... [-- <flags>...]

Writes thermostat.rpc.h and thermostat.rpc.cpp for each annotated header thermostat.h:

  class [[rpc::interface]] Thermostat {
   public:
    virtual ~Thermostat() = default;
    virtual double target() = 0;
  };

Examples
  farcall generate thermostat.h                        beside the header
  farcall generate -p build --out-dir=gen src/*.h      flags from build/compile_commands.json, output in gen/
  farcall generate thermostat.h -- -std=c++20 -Iinc    flags given here
  farcall generate --check thermostat.h                fails if the files are not up to date: for CI

Output
  --out-dir=<folder>        where the files go; the default is beside each header
  --check                   write nothing; print what would change, and exit with 1 if anything would
  --fresh                   read the headers even if neither they, nor what they include, nor the files that are made
                            from them have changed since the last run with the same arguments
  --depfile=<file>          write a Makefile rule with all the files the output depends on
  --emit=cpp,json,proto,mock
                            what is written: cpp is the default; json is the contract with every type, number and
                            attribute, thermostat.rpc.json; proto is thermostat.proto, for other languages; mock is
                            thermostat.rpc.mock.h with class ThermostatMock, for tests with GMock
  --print=contract|plan     write no files; print what the headers say, or what is generated from it

Versions
  --freeze                  also write the frozen contract, thermostat.rpc.json, to be checked in beside the header. Once
                            it is there, numbers follow it, every run keeps it up to date, and a change that breaks
                            programs of an earlier version is an error
  --accept-breaking         break them all the same; the frozen contract records what was broken
  --contract=<file>         the frozen contract, if it is neither beside the header nor in --out-dir
)") + warnings +
         reports + flags_and_runs + R"(
Exit codes: 0 all is well; 1 an error in a header, or a difference with --check; 2 wrong use, or a file that cannot be
read or written. If any header has an error, nothing is written.
)";
}

std::string check_help() {
  return std::string(R"(usage: farcall check [options] <header>... [-- <flags>...]

Says what is wrong with annotated headers, all at once, and writes no code.

Examples
  farcall check thermostat.h                                   as a compiler would tell
  farcall check -Werror -Wno-noexcept-method src/*.h           for CI: warnings fail, but for one
  farcall check --format=sarif --output=farcall.sarif src/*.h  for a code host

Versions
  --contract=<file>         the frozen contract that must not be broken, if it is not beside the header
)") + warnings +
         reports + flags_and_runs + R"(
Exit codes: 0 no errors; 1 an error in a header; 2 wrong use, or a file that cannot be read or written.
)";
}

std::string rewrite_help() {
  return std::string(
             R"(usage: farcall rewrite <what to do>... [options] <header>... [-- <flags>...]

Writes attributes into the headers themselves, and applies the fixes that Farcall offers. Layout, comments, line ends and
encoding stay, and headers that are not named are not touched. Then it shows what is left to do by hand.

Examples
  farcall rewrite --set 'home::Thermostat::history=async' thermostat.h
  farcall rewrite --set 'home::Thermostat::target=timeout("250ms")' --set 'home::Thermostat::ping=-maybe' thermostat.h
  farcall rewrite --add-interface home::Thermostat --dry-run thermostat.h
  farcall rewrite --extract-interface home::Hall hall.h      Hall derives from a new class HallInterface
  farcall rewrite -p build -j 8 --fix src/*.h          many headers at once, each with its own flags
  farcall rewrite --fix thermostat.h                   everything that can be fixed, in the first way offered
  farcall rewrite --fix --dry-run thermostat.h         shows the difference, and writes nothing
  farcall rewrite --fix=maybe-result:2 thermostat.h    one rule, in the second way offered
)") + rewritings +
         warnings + flags_and_runs + R"(
Exit codes: 0 no errors are left, or no header was to be changed; 1 an error in a header; 2 wrong use, or a file that
cannot be read or written. If a header would not compile any more, or if attributes that were set make an error, nothing
is written.
)";
}

std::string compat_help() {
  return R"(usage: farcall compat [options] <header> --against=<version> [-- <flags>...]

Lists what changed in an annotated header since another version of it, and says of each change whether it breaks
programs that were built with that version, why, and what to do instead.

Examples
  farcall compat thermostat.h --against=v1.2               the revision or tag v1.2 of git
  farcall compat thermostat.h --against=HEAD --level=source
  farcall compat thermostat.h --against=old/thermostat.rpc.json

Options
  --against=<version>       a frozen contract, another copy of the header, or a revision of git. Of a revision, the frozen
                            contract beside the header counts; if it had none then, the header itself
  --level=wire|source       wire, the default: an old client with a new server, and a new client with an old server.
                            source: code that calls the client or implements the interface
  --format=text|json        json: an object with an array 'changes'
  --contract=<file>         the frozen contract of the header, if it is not beside it
  -p, --extra-arg, --extra-arg-before, --   flags for parsing: see farcall generate --help

Exit codes: 0 nothing breaks; 1 a change breaks; 2 wrong use, or a version that cannot be read.
)";
}

std::string explain_help() {
  return R"(usage: farcall explain [<id>...]

Prints the page of a rule: what it means, where it comes from, code that raises it, code that does not, and how to turn
it off. Without an id it lists all rules. The id stands in brackets behind each message.

  farcall explain maybe-result
  farcall explain --out-dir=docs/rules      writes all pages, with an index, as Markdown
)";
}

std::string lsp_help() {
  return R"(usage: farcall lsp [--stdio]

A language server for annotated headers, on stdin and stdout, to be started by an editor beside clangd. docs/editors.md
has the lines for Neovim, Emacs, Helix and VS Code. It shows findings while you type, has their fixes, writes the generated
code on request or on save, and tells what attributes and methods mean. It needs a Farcall that is built with LLVM 22.

Settings, as initializationOptions or by workspace/didChangeConfiguration; folders are meant from the project's folder
  "generateOnSave": true          do what farcall generate does whenever a header, or one that it includes, is saved
  "outDir": "gen"                 where generated code goes; the default is beside each header
  "compileCommandsDir": "build"   the folder of compile_commands.json; by default it is looked for above each header
  "fallbackFlags": ["-Iinc"]      for headers without a compilation database
  "checkGenerated": false         do not say that generated code is missing or not up to date

Commands, with the uri of a header as their argument
  farcall.generate                write its generated code
  farcall.openStub                have the editor show it
  farcall.openContract            have it show the frozen contract

Exit codes: 0 the editor said shutdown and exit; 1 it was gone without; 2 wrong use, or a build with another LLVM.
)";
}

}  // namespace farcall
