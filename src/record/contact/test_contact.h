// A database with contact's tables and a vault of its own, on both engines.
#pragma once

#include "engine/intake/test_database.h"
#include "record/contact/contact.h"
#include "record/links/links.h"
#include "record/vault/vault.h"

namespace verbatim::contact {

class ContactDatabase : public intake::TestDatabase {
protected:
    void SetUp() override {
        TestDatabase::SetUp();
        if (!db) return;
        migrate({jobs::migrations(), links::migrations(), vault::migrations(), migrations()});
        vault::open(*db, 1, (folder / "vault.key").string());
    }
};

}  // namespace verbatim::contact
