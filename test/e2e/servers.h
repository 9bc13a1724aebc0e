// The two ways to serve e2e::Everything: the plain interface, and the service whose methods are coroutines.
#pragma once

#include <atomic>
#include <stdexcept>

#include "everything.rpc.h"

namespace e2e {

/// What both servers do; the service awaits it.
class Plain : public Everything {
 public:
  std::string greet(std::string name) const override { return "hello " + name; }
  Scalars scalars(Scalars value) override { return value; }
  Times times(const Times& value) override { return value; }
  Containers containers(Containers value) override { return value; }
  MoreContainers more_containers(MoreContainers value) override { return value; }
  Json json(const Json& value) override { return value; }
  std::variant<Point, std::string> either(bool point) override {
    if (point) return Point{1, 2};
    return "no point";
  }
  Tree tree(const Tree& value) override { return value; }
  std::unique_ptr<Node> node(std::unique_ptr<Node> value) override { return value; }
  std::vector<std::shared_ptr<Node>> shared(std::shared_ptr<Node> a, const std::shared_ptr<Node>& b) override {
    return {b, a, b};
  }
  Library library(const Library& value) override { return value; }
  std::priority_queue<int> largest(std::priority_queue<int> value) override {
    value.pop();
    return value;
  }
  std::expected<void, std::string> attempt(bool good) override {
    if (!good) return std::unexpected("no luck");
    return {};
  }
  Shape shape(Shape&& value) override { return std::move(value); }
  Empty empty(Empty value) override { return value; }
  void nothing() override { ++nothings; }
  int add(int a, int b) override { return a + b; }
  std::string add(const std::string& a, const std::string& b) override { return a + b; }
  std::vector<double> doubles(std::vector<double> value) override { return value; }
  std::string text(std::string value) override { return value; }
  void fail(int how) override {
    if (how == 0) throw std::out_of_range("no element 7");
    if (how == 1) throw Failure();
    throw 42;
  }
  int unnamed(int a, int b) override { return a * b; }
  int shadows(int call, int reply, int result, int stub_, int in, int out, int value, int arguments) override {
    return call + 2 * reply + 3 * result + 4 * stub_ + 5 * in + 6 * out + 7 * value + 8 * arguments;
  }
  void hint(int number) override { hinted += number; }
  int hurry() override {
    while (!release.load()) release.wait(false);
    return 1;
  }

  std::atomic<int> nothings = 0;
  std::atomic<int> hinted = 0;
  std::atomic<bool> release = false;
};

class Coroutines : public EverythingService {
 public:
  rpc::Task<std::string> greet(std::string name) const override { co_return plain.greet(std::move(name)); }
  rpc::Task<Scalars> scalars(Scalars value) override { co_return plain.scalars(value); }
  rpc::Task<Times> times(Times value) override { co_return plain.times(value); }
  rpc::Task<Containers> containers(Containers value) override { co_return plain.containers(std::move(value)); }
  rpc::Task<MoreContainers> more_containers(MoreContainers value) override { co_return value; }
  rpc::Task<Json> json(Json value) override { co_return value; }
  rpc::Task<std::variant<Point, std::string>> either(bool point) override { co_return plain.either(point); }
  rpc::Task<Tree> tree(Tree value) override { co_return plain.tree(value); }
  rpc::Task<std::unique_ptr<Node>> node(std::unique_ptr<Node> value) override { co_return value; }
  rpc::Task<std::vector<std::shared_ptr<Node>>> shared(std::shared_ptr<Node> a, std::shared_ptr<Node> b) override {
    co_return plain.shared(std::move(a), b);
  }
  rpc::Task<Library> library(Library value) override { co_return value; }
  rpc::Task<std::priority_queue<int>> largest(std::priority_queue<int> value) override {
    co_return plain.largest(std::move(value));
  }
  rpc::Task<std::expected<void, std::string>> attempt(bool good) override { co_return plain.attempt(good); }
  rpc::Task<Shape> shape(Shape value) override { co_return plain.shape(std::move(value)); }
  rpc::Task<Empty> empty(Empty value) override { co_return plain.empty(value); }
  rpc::Task<void> nothing() override {
    plain.nothing();
    co_return;
  }
  rpc::Task<int> add(int a, int b) override { co_return plain.add(a, b); }
  rpc::Task<std::string> add(std::string a, std::string b) override { co_return plain.add(a, b); }
  rpc::Task<std::vector<double>> doubles(std::vector<double> value) override { co_return value; }
  rpc::Task<std::string> text(std::string value) override { co_return value; }
  rpc::Task<void> fail(int how) override {
    plain.fail(how);
    co_return;
  }
  rpc::Task<int> unnamed(int a, int b) override { co_return plain.unnamed(a, b); }
  rpc::Task<int> shadows(int call, int reply, int result, int stub, int in, int out, int value,
                         int arguments) override {
    co_return plain.shadows(call, reply, result, stub, in, out, value, arguments);
  }
  void hint(int number) override { plain.hint(number); }
  rpc::Task<int> hurry() override { co_return plain.hurry(); }

  mutable Plain plain;
};

}  // namespace e2e
