import Foundation
import LineProtocol
import RegistryModel
import Testing

/// What the protocol says to people changes only on purpose, and its page follows its table.
///
/// Method: snapshot files, recorded with an explicit switch.
@Suite struct SnapshotTests {
    @Test func protocolPageFollowsTheTable() throws {
        let url = Snapshot.file("Sources/LineProtocol/LineProtocol.docc/Protocol.md")
        let page = try String(contentsOf: url, encoding: .utf8)
        let updated = try #require(ProtocolPage.update(page))
        try Snapshot.expect(updated, equals: url)
    }

    @Test func help() throws {
        var driver = SessionDriver()
        driver.feed("HELP\nHELP put\nHELP NONSENSE\n")
        let url = Snapshot.file("Tests/LineProtocolTests/Snapshots/help.txt")
        try Snapshot.expect(driver.text, equals: url)
    }

    @Test func refusals() throws {
        var driver = SessionDriver()
        driver.feed("AUTH token=feeder-token\n")
        for line in [
            "GET", "GET patient 1", "GET patient a:1 x=1", "@t NONSENSE", "PUT patient", "HELLO 9",
            "MATCH", "MATCH {\"a\":}", "PUT patient source=south local_id=1", "PUT given=\"",
            "AUTH token=steward-token", "MERGE X into=Y", "MERGE X into=Y reason=z",
            "WATCH", "WATCH since=1", "WATCH since=1:1 wait=61", "QUEUE kind=x", "QUEUE after=0",
            "HISTORY", "HISTORY X", "HISTORY clinic:1 as_of=yesterday", "SHOW clinic:1 limit=2",
            "COMPARE clinic:1",
            "GET facility 101100", "GET ward cl-deis:1", "GET drug fr-cis:1 at=yesterday",
            "GET patient cl-run:1 at=2024-01-01", "FIND", "FIND patient text=x", "FIND coverage",
            "FIND place level=1", "FIND facility near=1,2", "FIND facility near=91,2 within=1",
            "FIND facility near=1,2 within=-1", "FIND service near=1,2 within=1",
            "FIND facility nonsense=1", "FIND service parent.legal=a:1", "FIND facility place=1",
            "FIND facility substitutes=gs1-gtin:1", "FIND facility open=25:00",
            "FIND facility limit=0", "FIND facility after=1",
            "UNDO 0 reason=z", "LINK clinic to=X reason=z", "UNLINK clinic:1 reason=z rejoin=no",
        ] { driver.feed(line + "\n") }
        let url = Snapshot.file("Tests/LineProtocolTests/Snapshots/refusals.txt")
        try Snapshot.expect(driver.text, equals: url)
    }

    @Test func everyVerbHasItsCommand() {
        for command in CommandTable.commands {
            #expect(command.isOpen || command.isAllowed(to: .admin))
            #expect(command.example.count >= 2)
            #expect(CommandTable.command(for: command.verb).verb == command.verb)
        }
    }
}
