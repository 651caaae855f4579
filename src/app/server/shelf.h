// What a brand may change for itself, each with whoever owns it: settings, questionnaires, texts, rules.
#pragma once

#include <memory>

#include "life/invite/invite.h"
#include "record/editions/editions.h"
#include "record/imports/imports.h"

namespace verbatim::server {

std::shared_ptr<editions::Shelf> make_shelf(storage::Db& db, const Clock& clock);
// The rules of countries as they were changed, for this process: at the start, and when another process changed one.
void load_country_rules(storage::Db& db);
// Set at the start with --set alone: who could change these from the desk could read the machine's files or shut everybody out.
bool set_at_start_only(std::string_view setting);

// Files brought by hand: sites, products, experiences. Not people: a file of people could make administrators.
std::shared_ptr<imports::Imports> make_imports(storage::Db& db, const Clock& clock, const invite::Invite& invite, const std::string& folder);

// At the start: what a killed process left of a file.
void remove_left_files(const std::string& folder);

}  // namespace verbatim::server
