// Files of sites, products and people (contract "Files in"). Each good row is taken, each bad one reported with its line and
// reason; a changed row updates. Columns beside the known ones are kept as attributes.
#pragma once

#include <string>

#include "engine/intake/intake.h"
#include "engine/storage/storage.h"
#include "ground/base/clock.h"
#include "record/network/network.h"

namespace verbatim::network {

Result<intake::Counts> import_sites(storage::Db& db, const Clock& clock, const std::string& path, const intake::Options& options = {});
Result<intake::Counts> import_products(storage::Db& db, const Clock& clock, const std::string& path, const intake::Options& options = {});
Result<intake::Counts> import_people(storage::Db& db, const std::string& path, const intake::Options& options = {});

// One row alone, for the office and the API.
Result<Site> site_from(const intake::Row& row);
Result<Product> product_from(const intake::Row& row);
Result<Person> person_from(const intake::Row& row);

// Is the scope what the role needs and does it exist? "*" always is. A branch written out ("dealer:D", "group:G") suits a group's people and
// who works across the tree.
Result<void> check_scope(storage::Tx& tx, const Person& person);

// All of one person who was not read from a file: address, role, scope, locale.
Result<void> check_person(storage::Tx& tx, const Person& person);

// A language or a language and a country: "fr", "fr-BE".
bool is_locale(std::string_view text);
// Written like an IANA time zone: "Europe/Paris", "America/Argentina/Salta", "UTC".
bool is_timezone(std::string_view text);

}  // namespace verbatim::network
