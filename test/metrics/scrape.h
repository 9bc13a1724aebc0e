// An HTTP endpoint as Prometheus sees it: asks, and reads the text format strictly.
//
//   const Scrape scrape = read_metrics(http_get(endpoint.url()).body);
//   EXPECT_EQ(scrape.at("farcall_server_calls_total{code=\"ok\",interface=\"Probe\",method=\"add\"}"), 3);
#pragma once

#include <map>
#include <string>

struct HttpAnswer {
  int status = 0;
  std::string type;
  std::string body;
};

/// "http://127.0.0.1:9464/metrics"
HttpAnswer http_get(const std::string& url);

struct FamilyText {
  std::string type;
  std::string help;
};

struct Scrape {
  std::map<std::string, FamilyText> families;  ///< by name
  std::map<std::string, double> samples;       ///< by the name with the labels, sorted

  double at(const std::string& sample) const;
};

/// Throws std::runtime_error that names the line for whatever Prometheus would refuse or promtool would find fault
/// with.
Scrape read_metrics(const std::string& text);
