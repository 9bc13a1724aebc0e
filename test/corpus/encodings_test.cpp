// The encodings in which every service of the corpus is called.
#include "corpus/corpus.h"

namespace corpus {

INSTANTIATE_TEST_SUITE_P(Encodings, Corpus, testing::Values(rpc::Encoding::exact, rpc::Encoding::tagged),
                         [](const testing::TestParamInfo<rpc::Encoding>& info) {
                           return info.param == rpc::Encoding::exact ? "exact" : "tagged";
                         });

}  // namespace corpus
