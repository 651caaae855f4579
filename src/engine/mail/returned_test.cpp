#include "engine/mail/returned.h"

#include <gtest/gtest.h>

namespace verbatim::mail {
namespace {

std::string report(std::string_view action, std::string_view status, std::string_view line_end = "\r\n") {
    std::string text = "Return-Path: <>\nDelivered-To: b-k3-77@bounces.example\nFrom: MAILER-DAEMON@mx.example\nTo: <b-k3-77@bounces.example>\nSubject: Undelivered\n"
                       "Content-Type: multipart/report;\n report-type=delivery-status; boundary=\"A/1=\"\n\nThis is MIME.\n--A/1=\nContent-Type: text/plain\n\nI am sorry.\n"
                       "--A/1=\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\nArrival-Date: x\n\nFinal-Recipient: rfc822; a@b.example\nAction: " +
                       std::string(action) + "\nStatus: " + std::string(status) +
                       " (bad)\nDiagnostic-Code: smtp; 550 5.1.1 <a@b.example>\n does not exist\n\n--A/1=\nContent-Type: message/rfc822\n\nReceived: here\nMessage-ID:\n <k3@brand.example>\nSubject: x\n\nbody\n--A/1=--\n";
    if (line_end == "\n") return text;
    std::string out;
    for (const char c : text) out += c == '\n' ? std::string(line_end) : std::string(1, c);
    return out;
}

TEST(Returned, AFailureOfRfc3464) {
    for (const char* end : {"\r\n", "\n"}) {
        const auto found = read_returned(report("failed", "5.1.1", end));
        EXPECT_EQ(found.kind, Returned::Kind::failed);
        EXPECT_EQ(found.status, "5.1.1");
        EXPECT_EQ(found.message_id, "k3@brand.example");
        EXPECT_EQ(found.diagnostic, "smtp; 550 5.1.1 <a@b.example> does not exist");
        ASSERT_EQ(found.sent_to.size(), 2u);
        EXPECT_EQ(found.sent_to[0], "b-k3-77@bounces.example");
    }
    EXPECT_EQ(read_returned(report("delayed", "4.4.1")).kind, Returned::Kind::delayed);
    EXPECT_EQ(read_returned(report("failed", "4.2.2")).kind, Returned::Kind::delayed);  // a full mailbox is not a dead one
    EXPECT_EQ(read_returned(report("delivered", "2.0.0")).kind, Returned::Kind::nothing);
}

TEST(Returned, AComplaintOfRfc5965) {
    std::string text = "To: abuse@brand.example\nContent-Type: multipart/report; report-type=feedback-report; boundary=b\n\n--b\nContent-Type: message/feedback-report\n\n"
                       "Feedback-Type: abuse\nUser-Agent: x/1\nVersion: 1\nOriginal-Mail-From: <b-k3-77@bounces.example>\n\n--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <k3@brand.example>\n--b--\n";
    auto found = read_returned(text);
    EXPECT_EQ(found.kind, Returned::Kind::complaint);
    EXPECT_EQ(found.message_id, "k3@brand.example");
    EXPECT_EQ(found.sent_to.back(), "b-k3-77@bounces.example");
    text.replace(text.find(": abuse\n"), 7, ": not-spam");
    EXPECT_EQ(read_returned(text).kind, Returned::Kind::nothing);
}

TEST(Returned, WhatIsNoReportIsNothing) {
    EXPECT_EQ(read_returned("").kind, Returned::Kind::nothing);
    EXPECT_EQ(read_returned("Subject: I am away\nTo: b-k3-77@bounces.example\n\nBack on Monday. Status: 5.1.1\n").kind, Returned::Kind::nothing);
    EXPECT_EQ(read_returned("Content-Type: multipart/report\n\n--\n").kind, Returned::Kind::nothing);
    std::string deep = "Content-Type: multipart/report; boundary=a\n\n";
    for (int i = 0; i < 100; ++i) deep += "--a\nContent-Type: multipart/mixed; boundary=a\n\n";
    EXPECT_EQ(read_returned(deep).kind, Returned::Kind::nothing);
}

}  // namespace
}  // namespace verbatim::mail
