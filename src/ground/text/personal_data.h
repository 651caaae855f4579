// What leads to a person or away from the page: e-mail addresses, links, telephone numbers, number plates, VIN, IBAN, cards.
#pragma once

#include "ground/text/names.h"

#include <string_view>

namespace verbatim::text {

void find_addresses(const Lexicon& lexicon, const Folded& text, const std::vector<Hit>& hits, std::uint16_t language, std::vector<Mark>& marks);  // e-mail, links
void find_numbers(const Lexicon& lexicon, const Folded& text, std::uint16_t language, std::vector<Mark>& marks);

// ISO 13616: length by country and mod 97 = 1; letters in either case, no spaces.
bool valid_iban(std::string_view compact);
// ISO 7812: the Luhn check.
bool valid_card(std::string_view digits);

}  // namespace verbatim::text
