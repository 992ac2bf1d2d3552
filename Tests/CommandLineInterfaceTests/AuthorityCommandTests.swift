import Foundation
import RegistryModel
import Testing

/// Sources, authorities and survivorship are set up by commands, which say what is wrong.
///
/// Method: the built program over a database of a throw-away cluster; lines are literal.
@Suite(.timeLimit(.minutes(10))) struct AuthorityCommandTests {
    private func object(_ line: String?) throws -> JSONValue {
        try JSONParser.parse(try #require(line))
    }

    /// The one line with which the program refuses arguments.
    private func refusal(
        _ registry: RegistryRun, _ status: Int32, _ arguments: String...
    ) throws -> String {
        let run = try ProgramRun(
            arguments, environment: registry.environment, in: registry.folder)
        #expect(run.status == status)
        return run.errors.split(separator: "\n").last.map(String.init) ?? ""
    }

    @Test func anAuthorityIsAddedChangedAndListed() throws {
        try RegistryRun.with { registry in
            let added = try registry.lines(
                "authority", "add", "arica-card", "--kind", "regional", "--name-es", "Tarjeta",
                "--name-fa", "کارت", "--oid", "1.2.3", "--format", "digits:6-8",
                "--placeholders", "00 12-34,999998", "--shared", "yes")
            #expect(added == ["authority arica-card added"])
            let changed = try registry.lines(
                "authority", "set", "arica-card", "--name-fr", "Carte")
            #expect(changed == ["authority arica-card changed"])
            try registry.lines("authority", "set", "cl-run", "--shared", "yes")
            let listed = try registry.lines("authority", "list", "--json")
            let card = listed.first { $0.contains("arica-card") }
            let expected = """
                {"authority":"arica-card","kind":"regional",\
                "names":{"es":"Tarjeta","fa":"کارت","fr":"Carte"},"oid":"1.2.3",\
                "format":"digits:6-8","placeholders":{"repeated_digits":true,"runs":true,\
                "values":["001234","999998"]},"shared":true}
                """
            #expect(card == expected)
            let run = try object(listed.first { $0.contains("\"cl-run\"") })
            #expect(run["shared"] == .boolean(true))
            #expect(run["format"]?.string == "chilean-run")
            #expect(try registry.lines("authority", "list").count == listed.count + 1)
        }
    }

    @Test func whatIsWrongWithAnAuthorityIsSaid() throws {
        try RegistryRun.with { registry in
            let taken = try refusal(registry, 1, "authority", "add", "cl-run")
            #expect(
                taken == "padron: the program has 'cl-run'; 'padron authority set' changes it")
            let unknown = try refusal(registry, 1, "authority", "set", "nowhere")
            #expect(
                unknown == "padron: unknown authority 'nowhere';"
                    + " 'padron authority add nowhere' adds it")
            let format = try refusal(registry, 2, "authority", "add", "x", "--format", "digits")
            #expect(
                format.hasPrefix("padron: unknown format 'digits'; it is one of chilean-run, "))
            let oid = try refusal(registry, 2, "authority", "add", "x", "--oid", "1.x")
            #expect(oid == "padron: '1.x' is no OID; write numbers with dots between")
            let shared = try refusal(registry, 2, "authority", "add", "x", "--shared", "maybe")
            #expect(shared == "padron: --shared takes yes or no")
        }
    }

    @Test func aSourceKeepsWhatIsNotGiven() throws {
        try RegistryRun.with { registry in
            try registry.lines(
                "source", "add", "north", "--authority", "cl-run", "--territory", "Arica",
                "--one-per-person")
            try registry.lines("source", "set", "north", "--bad-identifiers", "reject")
            try registry.lines("source", "set", "north", "--name", "Hospital Norte")
            let expected = """
                {"source":"north","realm":"patient","name":"Hospital Norte","authority":"cl-run",\
                "territory":"Arica","one_per_person":true,"bad_identifiers":"reject",\
                "tests":false}
                """
            #expect(try registry.lines("source", "list", "--json") == [expected])
            try registry.lines("source", "set", "north", "--authority", "", "--many-per-person")
            let changed = try object(registry.lines("source", "list", "--json").first)
            #expect(changed["authority"]?.string == "")
            #expect(changed["one_per_person"] == .boolean(false))
            #expect(changed["territory"]?.string == "Arica")
            #expect(
                try refusal(registry, 2, "source", "set", "north", "--authority", "nowhere")
                    == "padron: unknown authority 'nowhere'; 'padron authority list' has them")
        }
    }

    @Test func aPolicyIsShownSetAndListed() throws {
        try RegistryRun.with { registry in
            let standard = try registry.lines("policy", "show", "--json")
            #expect(try registry.lines("policy", "show").count > 10)
            try registry.lines("source", "add", "north")
            let text = """
                {"rules":{"default":["trust","recency"]},"trust":{"default":["source:north"]}}
                """
            let file = try registry.folder.write(text, to: "policy.json")
            let set = try registry.lines("policy", "set", file)
            #expect(set == ["policy 1 in force; 0 golden records to rewrite"])
            #expect(try registry.lines("policy", "show", "--json") == [text])
            let former = try registry.folder.write(standard.joined(), to: "standard.json")
            try registry.lines("policy", "set", former)
            #expect(try registry.lines("policy", "show", "--json") == standard)
            #expect(try registry.lines("policy", "list").count == 3)
            let unknown = try registry.folder.write(
                text.replacing("north", with: "south"), to: "unknown.json")
            #expect(
                try refusal(registry, 1, "policy", "set", unknown)
                    == "padron: unknown source 'south'; 'padron source add south' adds it")
            let broken = try registry.folder.write("{", to: "broken.json")
            #expect(
                try refusal(registry, 1, "policy", "set", broken)
                    .hasSuffix("broken.json: malformed JSON at byte 1"))
        }
    }
}
