#include "metrics/scrape.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmath>
#include <cstdlib>
#include <regex>
#include <set>
#include <sstream>
#include <stdexcept>

namespace {

[[noreturn]] void fail(const std::string& what, const std::string& line) {
  throw std::runtime_error(what + ": " + line);
}

/// The family that a sample belongs to, and its name.
std::string family_of(const Scrape& scrape, const std::string& name) {
  if (scrape.families.contains(name)) return name;
  for (const std::string suffix : {"_bucket", "_sum", "_count"}) {
    if (!name.ends_with(suffix)) continue;
    const std::string base = name.substr(0, name.size() - suffix.size());
    const auto found = scrape.families.find(base);
    const std::string type = found == scrape.families.end() ? "" : found->second.type;
    if (type == "histogram" || (type == "summary" && suffix != "_bucket")) return base;
  }
  fail("a sample of no family", name);
}

std::string sorted_labels(std::string text, const std::string& line) {
  static const std::regex label(R"re(([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(,|$))re");
  std::map<std::string, std::string> labels;
  for (std::smatch match; !text.empty(); text = match.suffix()) {
    if (!std::regex_search(text, match, label, std::regex_constants::match_continuous)) fail("bad labels", line);
    if (!labels.emplace(match[1], match[2]).second) fail("a label twice", line);
  }
  std::string made;
  for (const auto& [name, value] : labels) made += (made.empty() ? "" : ",") + name + "=\"" + value + "\"";
  return made.empty() ? "" : "{" + made + "}";
}

void check_name(const std::string& name, const FamilyText& family) {
  if (family.help.empty()) fail("no HELP", name);
  if ((family.type == "counter") != name.ends_with("_total")) fail("counters, and they alone, end with _total", name);
}

/// Buckets rise, and the last one is the count.
void check_histograms(const Scrape& scrape) {
  static const std::regex bucket(R"re((.*)_bucket\{(.*,)?le="([^"]+)"(,.*)?\})re");
  std::map<std::string, std::map<double, double>> histograms;
  for (const auto& [sample, value] : scrape.samples) {
    std::smatch match;
    if (!std::regex_match(sample, match, bucket)) continue;
    std::string labels = match[2].str() + (match[4].matched ? match[4].str().substr(1) : "");
    if (labels.ends_with(",")) labels.pop_back();
    histograms[match[1].str() + "_count" + (labels.empty() ? "" : "{" + labels + "}")]
              [std::strtod(match[3].str().c_str(), nullptr)] = value;
  }
  for (const auto& [count, buckets] : histograms) {
    double before = 0;
    for (const auto& [bound, value] : buckets) {
      if (value < before) fail("buckets fall", count);
      before = value;
    }
    if (!std::isinf(buckets.rbegin()->first) || scrape.at(count) != before)
      fail("the last bucket is not the count", count);
  }
}

}  // namespace

double Scrape::at(const std::string& sample) const {
  const auto found = samples.find(sample);
  if (found == samples.end()) fail("there is no sample", sample);
  return found->second;
}

Scrape read_metrics(const std::string& text) {
  static const std::regex head(R"(# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+))");
  static const std::regex sample(R"re(([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+))re");
  Scrape scrape;
  std::set<std::string> done;
  std::string current;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    std::smatch match;
    if (std::regex_match(line, match, head)) {
      FamilyText& family = scrape.families[match[2]];
      std::string& part = match[1] == "HELP" ? family.help : family.type;
      if (!part.empty()) fail("a family twice", line);
      part = match[3];
    } else if (std::regex_match(line, match, sample)) {
      const std::string family = family_of(scrape, match[1]);
      if (family != current && !done.insert(family).second) fail("samples of a family apart", line);
      current = family;
      const std::string number = match[3];
      char* end = nullptr;
      const double value = std::strtod(number.c_str(), &end);
      if (*end != '\0') fail("no number", line);
      if (!scrape.samples.emplace(match[1].str() + sorted_labels(match[2], line), value).second) fail("twice", line);
    } else {
      fail("not the text format", line);
    }
  }
  for (const auto& [name, family] : scrape.families) check_name(name, family);
  check_histograms(scrape);
  return scrape;
}

HttpAnswer http_get(const std::string& url) {
  std::smatch parts;
  if (!std::regex_match(url, parts, std::regex(R"(http://([0-9.]+):([0-9]+)(/.*))"))) fail("no address", url);
  const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(std::stoi(parts[2])));
  ::inet_pton(AF_INET, parts[1].str().c_str(), &address.sin_addr);
  if (::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    ::close(fd);
    fail("no connection", url);
  }
  const std::string request = "GET " + parts[3].str() + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
  ::send(fd, request.data(), request.size(), MSG_NOSIGNAL);
  std::string answer;
  char some[4096];
  for (ssize_t got = 0; (got = ::recv(fd, some, sizeof some, 0)) > 0;)
    answer.append(some, static_cast<std::size_t>(got));
  ::close(fd);
  const std::size_t body = answer.find("\r\n\r\n");
  if (body == std::string::npos) fail("no HTTP", answer);
  HttpAnswer made{.body = answer.substr(body + 4)};
  const std::string headers = answer.substr(0, body);
  if (std::regex_search(headers, parts, std::regex(R"(^HTTP/1\.1 (\d+))"))) made.status = std::stoi(parts[1]);
  if (std::regex_search(headers, parts, std::regex(R"(Content-Type: ([^\r]*))"))) made.type = parts[1];
  return made;
}
