import Foundation
import RegistryModel
import Testing

/// A steward sees what another threshold would do, has it done, and takes it back.
///
/// Method: the built program over a small generated registry of a throw-away cluster, with and without a living
/// server; figures of the dry run are compared with those of what was done.
@Suite(.serialized, .timeLimit(.minutes(10))) struct RematchCommandTests {
    private func withRegistry(_ body: (RegistryRun) throws -> Void) throws {
        try RegistryRun.with { registry in
            let extract = try registry.extract(persons: 600)
            try registry.lines("load", extract, "--create-sources", "--model", "cl")
            try body(registry)
        }
    }

    private func object(_ lines: [String]) throws -> JSONValue {
        try JSONParser.parse(try #require(lines.first))
    }

    @Test func toldDoneAndTakenBack() throws {
        try withRegistry { registry in
            let before = try registry.endState()
            let told = try object(
                registry.lines("rematch", "--threshold", "14", "--limit", "1", "--json"))
            let moved = try #require(told["moved"]?.integer)
            #expect(moved > 0)
            #expect(told["changes"]?.array?.count == 1)
            #expect(told["next_after"]?.integer == 1)
            #expect(told["changes"]?.array?.first?["because"]?["steps"]?.array?.isEmpty == false)
            #expect(try registry.endState() == before)
            let done = try object(
                registry.lines(
                    "rematch", "--threshold", "14", "--apply", "--reason", "careful", "--yes",
                    "--json"))
            #expect(done["moved"]?.integer == moved)
            #expect(try registry.lines("db", "verify") == ["nothing found"])
            let operation = try #require(done["operation"]?.integer)
            let model = try registry.lines("model")
            #expect(model.last == "links from +14.00 bits, asks from −3.17")
            let preview = try registry.lines(
                "undo", "\(operation)", "--reason", "back", "--preview")
            #expect(preview[0].contains(" \(moved) records would return, 0 stay;"))
            let undone = try registry.lines("undo", "\(operation)", "--reason", "back", "--yes")
            #expect(undone[0].contains(" \(moved) records returned, 0 stay;"))
            #expect(try registry.lines("db", "verify") == ["nothing found"])
            #expect(try registry.lines("model").last == "links from +6.00 bits, asks from −3.17")
        }
    }

    @Test func aLivingServerDoesIt() throws {
        try withRegistry { registry in
            let node = try registry.start("serve", "--listen", "127.0.0.1:0")
            _ = try node.port()
            let lines = try registry.lines(
                "rematch", "--threshold", "12", "--apply", "--reason", "careful", "--yes")
            #expect(lines[0].contains("rematch with model cl, "))
            let again = try registry.lines("rematch")
            #expect(again[0].hasSuffix("; it is in force"))
            #expect(again[1].contains(": 0 would move, "))
            #expect(node.terminate() == 0, "\(node.errors)")
            #expect(try registry.lines("db", "verify") == ["nothing found"])
        }
    }

    @Test func whatCannotBeDoneIsSaidInOneLine() throws {
        try withRegistry { registry in
            try registry.lines("rematch", "--apply", "--reason", "x", "--yes")
            for (arguments, status, message) in [
                (["rematch", "--apply"], 2, "--reason is needed"),
                (["rematch", "--threshold", "x"], 2, "--threshold takes bits from -100 to 100"),
                (["rematch", "--train", "--model", "cl"], 2, "exclude each other"),
                (["rematch", "--apply", "--dry-run", "--reason", "x"], 2, "exclude each other"),
                (["rematch", "--model", "nowhere"], 1, "neither a file nor a shipped model"),
                (
                    ["rematch", "--review-threshold", "20"], 1,
                    "the review threshold lies above the automatic one"
                ),
                (["rematch", "--resume"], 1, "no rematch is under way"),
                (["rematch", "--apply", "--reason", "x", "--yes"], 1, "nothing would change"),
                (["undo", "77", "--reason", "x", "--yes"], 1, "there is no operation 77"),
                (
                    ["load", registry.folder.path("extract-600-11.csv"), "--model", "fr"], 1,
                    "padron rematch --model changes its model"
                ),
            ] as [([String], Int32, String)] {
                let run = try ProgramRun(
                    arguments, environment: registry.environment, in: registry.folder)
                #expect(run.status == status, "\(arguments): \(run.output) \(run.errors)")
                #expect(run.errors.contains(message), "\(arguments): \(run.errors)")
                #expect(run.errors.split(separator: "\n").count == 1)
            }
        }
    }

    @Test func theFirstExtractChoosesTheModel() throws {
        try RegistryRun.with { registry in
            let extract = try registry.extract(persons: 300)
            try registry.lines("load", extract, "--create-sources")
            #expect(try registry.lines("model")[1].hasPrefix("    1  cl "))
        }
    }
}
