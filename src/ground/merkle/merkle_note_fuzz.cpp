// Notes, checkpoints and verifier keys: whatever is accepted has one spelling.
#include <cstdint>
#include <cstdlib>

#include "ground/merkle/note.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace verbatim::merkle;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto note = parse_note(text)) {
        if (!text.starts_with(note->text + "\n") || note->signatures.empty()) std::abort();
        if (const auto checkpoint = parse_checkpoint(note->text); checkpoint && encode(*checkpoint) != note->text) std::abort();
    }
    if (const auto checkpoint = parse_checkpoint(text); checkpoint && encode(*checkpoint) != text) std::abort();
    if (const auto key = parse_verifier_key(text); key && encode(*key) != text) std::abort();
    return 0;
}
