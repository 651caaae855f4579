// A rule pack: words as data, with where they come from. One file a language (assets/packs). The format, line by line:
//
//   # a comment                        blank lines and comments are skipped
//   pack = fr-insults                  head lines, each exactly once, before the first section:
//   language = fr                      ISO 639-1, or * for all
//   version = 2026.11                  source and licence say who wrote it and under what terms
//   source = ours
//   licence = ...
//   let ending = (|s|e|es)             a named piece, used as {ending} below; names are a-z and _
//   [insult 0.9 any]                   a section: what its words are, the confidence of a finding, flags
//   connard{ending}, fils de pute      entries, parted by commas; (a|b|) are alternatives, spaces stand for any white space or hyphen
//   scheiss*                           a star at the end: the word may go on (compound head); at the start: it may have begun before (tail);
//   *fick*                             at both: anywhere in a word. Such a form is one word of three letters or more
//   =coño                              an equals sign: exactly these accents, no disguise (the bare word is innocent)
//
// Flags: any (also in texts of other languages), local (only where the text's language is known to be the pack's), capital (the
// word must begin with a capital), alone (the word is a clause of its own, or what somebody said: "..., blockhead, ...", "he called
// me blockhead"; words that are insults as an address only), only (with alone: whatever other pattern of this language makes the word, too, it
// counts standing alone only). The number is how grave a word
// of the section is and so how sure a finding: it orders nothing (MOD-3). Parsing is strict: an unknown section, flag or name, an empty alternative as a whole entry, a
// character that no folded text can hold, or too many forms is an error with its line.
#pragma once

#include "ground/base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace verbatim::text {

enum class Kind : unsigned char {
    // looked for in every text
    insult, hate, threat, obscene, spam,  // reasons of findings
    allow,                                // never a finding: exceptions inside and around other rules
    honorific, abbreviation, position, met, surname, first_name,  // where a name may be: names.h
    mail_at,                              // where an address may be: addresses.cpp
    // asked for only beside one of those
    street, brand, speaks, with, common, company, dot_word, phone_word, plate_word, number_word, unit,
    says,  // before what somebody said
    acts,  // what only people do, behind their name
    everyday,  // thrown at nobody even where it stands alone
    closing, thanks,  // what a signature stands behind: surely, or where a sentence ends in between
};
inline constexpr Kind last_reason = Kind::spam, last_trigger = Kind::mail_at;
std::string_view kind_name(Kind kind);

enum class Shape : unsigned char { whole, head, tail, inside };
enum class Scope : unsigned char { own, any, local };

struct PackRule {
    Kind kind = Kind::insult;
    double confidence = 0;
    Shape shape = Shape::whole;
    Scope scope = Scope::own;
    bool exact = false;    // `forms` keep their accents
    bool capital = false;
    bool alone = false, only = false;
    std::size_t line = 0;
    std::vector<std::string> forms;  // folded, one space between words, sorted, each once
};

struct Pack {
    std::string name, language, version, source, licence;
    std::vector<PackRule> rules;
};

inline constexpr std::size_t most_forms_of_a_pack = 200'000;

// Errors: ErrorKind::invalid, code "bad_pack", message "line N: ...".
Result<Pack> parse_pack(std::string_view text);

}  // namespace verbatim::text
