#include "engine/storage/storage.h"

namespace verbatim::storage {
namespace {

thread_local Alongside* innermost = nullptr;

}  // namespace

Alongside::Alongside(std::function<void(Tx&)> fn) : fn_(std::move(fn)), outer_(innermost) { innermost = this; }
Alongside::~Alongside() { innermost = outer_; }
Alongside* Alongside::waiting() { return innermost && !innermost->committed_ ? innermost : nullptr; }

}  // namespace verbatim::storage
