// The encodings in which every service of the corpus is called.
#include "corpus/corpus.h"

namespace corpus {

INSTANTIATE_TEST_SUITE_P(Encodings, Corpus, testing::Values(Encoding::exact),
                         [](const auto&) { return std::string("exact"); });

}  // namespace corpus
