// Letters on paper. The plan's decision makes a message like any other, behind the same gate; it waits for a print run, which freezes each
// letter as it is to be printed: address, words, reference. Whatever happens between that commit and the files, the run is made again from
// what was frozen, and its bytes are the same. What comes back undelivered is told by its reference.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "record/contact/contact.h"

namespace verbatim::contact {

// As queue_as, on paper. The notice under GDPR 14 is printed in the letter itself.
Queued queue_paper(storage::Tx& tx, Seconds now, const Message& message, std::string_view topic);

struct PaperLetter {
    std::string reference;               // "12-00034": the run and the place in it
    std::string name, street, postcode, city, country, language;
    std::string campaign, from;          // what it is about; who writes
    std::string subject, body;           // paragraphs with blank lines between
    bool returned = false;
};
struct PrintRun {
    std::int64_t number = 0, letters = 0;
    Seconds at = 0;
    std::optional<Seconds> written_at;   // its files were whole then
};

inline constexpr int most_of_a_run = 5000;
// Freezes what waits, sorted as the post sorts: country, then postcode. Whoever left while it waited gets none. Nothing where nothing waits.
std::optional<PrintRun> begin_print_run(storage::Tx& tx, Seconds now, const Sender& sender, std::string_view by, int most = most_of_a_run);
// The runs whose files are not known to be whole, oldest first; one by its number; the newest.
std::vector<PrintRun> open_print_runs(storage::Tx& tx);
std::optional<PrintRun> find_print_run(storage::Tx& tx, std::int64_t number);
std::vector<PrintRun> print_runs(storage::Tx& tx, int limit);
// In the order of the run. Of who was erased meanwhile nothing is left, and nothing is given.
void letters_of_run(storage::Tx& tx, std::int64_t run, const std::function<void(PaperLetter&&)>& each);
// Of these places only, the first and the last included; places count from 1.
void letters_of_run(storage::Tx& tx, std::int64_t run, std::int64_t first, std::int64_t last, const std::function<void(PaperLetter&&)>& each);
// The files are whole: its letters are sent now, and what was frozen goes `frozen_days` later.
void print_run_written(storage::Tx& tx, Seconds now, std::int64_t run);
inline constexpr int frozen_days = 30;
std::int64_t thaw_prints(storage::Tx& tx, Seconds before, int limit);

enum class PaperReturn { taken, already, unknown };
PaperReturn take_paper_return(storage::Tx& tx, Seconds now, std::string_view reference, std::string_view why);

void forget_prints(storage::Tx& tx, std::string_view customer);
std::int64_t seal_prints_again(storage::Db& db);

}  // namespace verbatim::contact
