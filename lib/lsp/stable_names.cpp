#include "lsp/stable_names.h"

#include <utility>

#include "driver/annotate.h"
#include "model/meaning.h"

namespace farcall::lsp {
namespace {

class Search {
 public:
  Search(const HeaderNow& header, const std::function<bool(const SourceRef&)>& is_asked_for)
      : header_(header), after_(header.contract), is_asked_for_(is_asked_for) {}

  std::vector<Refactoring> run() {
    for (Interface& interface : after_.interfaces) {
      if (wire_name(interface) == interface.qualified_name)
        look_at(interface, interface.name, interface.qualified_name);
      for (Method& method : interface.methods) {
        if (method.declared_in != interface.qualified_name || !is_remote(method)) continue;
        look_at(method, method.name, method.name);
        for (Parameter& each : method.parameters) look_at(each, each.name, each.name);
      }
    }
    for (Record& record : after_.records)
      for (Field& each : record.fields) look_at(each, each.name, each.name);
    return std::move(found_);
  }

 private:
  /// `what` is of `after_`, which has the name for as long as it is judged.
  template <class Bearing>
  void look_at(Bearing& what, const std::string& shown, const std::string& name) {
    if (name.empty() || has(what.attributes, AttributeKind::name) || !is_asked_for_(what.where)) return;
    Annotated made = annotate(bearer(what), {.kind = AttributeKind::name, .attribute = "name(\"" + name + "\")"});
    Refactoring change{.fix = {.title = "give '" + shown + "' a stable name", .edits = std::move(made.edits)},
                       .obstacle = std::move(made.problem)};
    what.attributes.push_back(imagined(AttributeKind::name, name, what.where));
    make_good(change, header_, after_);
    what.attributes.pop_back();
    found_.push_back(std::move(change));
  }

  const HeaderNow& header_;
  Contract after_;
  const std::function<bool(const SourceRef&)>& is_asked_for_;
  std::vector<Refactoring> found_;
};

}  // namespace

std::vector<Refactoring> stable_names(const HeaderNow& header,
                                      const std::function<bool(const SourceRef& name)>& is_asked_for) {
  return Search(header, is_asked_for).run();
}

}  // namespace farcall::lsp
