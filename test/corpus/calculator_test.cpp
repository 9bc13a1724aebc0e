#include "calculator.rpc.h"

#include <map>

#include "corpus/corpus.h"

namespace corpus {

namespace {

class TutorialCalculator : public tutorial::Calculator {
 public:
  shared::SharedStruct get_struct(std::int32_t key) override { return {key, log_.at(key)}; }
  void ping() override {}
  std::int32_t add(std::int32_t num1, std::int32_t num2) override { return num1 + num2; }
  void zip() override {}

  std::int32_t calculate(std::int32_t logid, const tutorial::Work& work) override {
    const std::int32_t result = result_of(work);
    log_[logid] = std::to_string(result) + work.comment.value_or("");
    return result;
  }

 private:
  static std::int32_t result_of(const tutorial::Work& work) {
    switch (work.op) {
      case tutorial::Operation::add: return work.num1 + work.num2;
      case tutorial::Operation::subtract: return work.num1 - work.num2;
      case tutorial::Operation::multiply: return work.num1 * work.num2;
      case tutorial::Operation::divide: break;
    }
    if (work.num2 == 0) throw tutorial::InvalidOperation("cannot divide by 0");
    return work.num1 / work.num2;
  }

  std::map<std::int32_t, std::string> log_;
};

TEST_P(Corpus, Calculator) {
  auto calculator = connect<tutorial::Calculator, tutorial::CalculatorClient>(std::make_shared<TutorialCalculator>());
  calculator.ping();
  calculator.zip();
  EXPECT_EQ(calculator.add(1, 1), 2);
  EXPECT_EQ(calculator.calculate(1, {15, 10, tutorial::Operation::subtract, " left"}), 5);
  shared::SharedService& base = calculator;
  EXPECT_EQ(base.get_struct(1).value, "5 left");
  EXPECT_EQ(refusal([&] { (void)calculator.calculate(2, {1, 0, tutorial::Operation::divide, {}}); }),
            "tutorial::InvalidOperation: cannot divide by 0");
  EXPECT_THROW((void)calculator.calculate(3, {1, 1, static_cast<tutorial::Operation>(9), {}}), rpc::Error);
}

}  // namespace
}  // namespace corpus
