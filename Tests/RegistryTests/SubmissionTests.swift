import Foundation
import Identity
import Linkage
import Registry
import RegistryModel
import RegistryStore
import Testing

/// One submission after another does what the contract of `PUT patient` says.
///
/// Method: a node over a real database, literal persons, answers read back through the node.
@Suite struct SubmissionTests {
    private let ana = TestRegistry.person(
        [
            .given: "Ana María", .family: "Huenchullán", .mothersFamily: "Quispe",
            .birthDate: "1984-03-17", .sex: "F", .municipality: "Arica",
        ], run: "12.345.678-5")

    @Test func aNewPersonIsFoundByEveryIdentifier() throws {
        try TestRegistry.withNode { node, _ in
            let receipt = try TestRegistry.submit(node, "clinic", "A-1", ana)
            #expect(receipt.outcome == .created)
            for selector in [
                PatientSelector.enterpriseIdentifier(receipt.enterpriseIdentifier),
                .identifier(LocalIdentifier(authority: "cl-run", value: "123456785")),
                .identifier(LocalIdentifier(authority: "clinic", value: "A-1")),
            ] {
                let answer = try node.patient(selector)
                #expect(answer.enterpriseIdentifier == receipt.enterpriseIdentifier)
                #expect(answer.person == ana)
                #expect(answer.sourceCount == 1)
            }
        }
    }

    @Test func theSamePersonFromTwoSourcesIsOne() throws {
        try TestRegistry.withNode { node, _ in
            let first = try TestRegistry.submit(node, "clinic", "A-1", ana)
            var again = ana
            again[.given] = "Ana"
            again[.phone] = "+56 58 222 3344"
            let second = try TestRegistry.submit(node, "hospital", "77", again)
            #expect(second.outcome == .linked)
            #expect(second.enterpriseIdentifier == first.enterpriseIdentifier)
            let answer = try node.patient(.enterpriseIdentifier(first.enterpriseIdentifier))
            #expect(answer.sourceCount == 2)
            #expect(answer.person[.given] == "Ana María")
            #expect(answer.person[.phone] == "+56 58 222 3344")
            let others = try node.crossReferences(
                of: LocalIdentifier(authority: "hospital", value: "77"),
                to: ["clinic", "cl-run"])
            #expect(
                others == [
                    LocalIdentifier(authority: "clinic", value: "A-1"),
                    LocalIdentifier(authority: "cl-run", value: "12345678-5"),
                ])
        }
    }

    @Test func twoNationalNumbersAreTwoPersons() throws {
        try TestRegistry.withNode { node, _ in
            let first = try TestRegistry.submit(node, "clinic", "A-1", ana)
            var twin = ana
            twin.identifiers = [LocalIdentifier(authority: "cl-run", value: "11111111-1")]
            twin.identifiers = [LocalIdentifier(authority: "cl-run", value: "7654321-6")]
            let second = try TestRegistry.submit(node, "hospital", "78", twin)
            #expect(second.enterpriseIdentifier != first.enterpriseIdentifier)
            #expect(second.outcome == .review || second.outcome == .created)
        }
    }

    @Test func repetitionUpdateAndLateVersion() throws {
        try TestRegistry.withNode { node, _ in
            let day: Int64 = 86_400_000_000
            let first = try TestRegistry.submit(node, "clinic", "A-1", ana, recordedAt: 10 * day)
            let same = try TestRegistry.submit(node, "clinic", "A-1", ana, recordedAt: 11 * day)
            #expect(same.outcome == .unchanged)
            #expect(same.position == first.position)
            var moved = ana
            moved[.municipality] = "Iquique"
            let updated = try TestRegistry.submit(
                node, "clinic", "A-1", moved, recordedAt: 20 * day)
            #expect(updated.outcome == .updated)
            #expect(updated.enterpriseIdentifier == first.enterpriseIdentifier)
            var late = ana
            late[.municipality] = "Putre"
            let stale = try TestRegistry.submit(node, "clinic", "A-1", late, recordedAt: 5 * day)
            #expect(stale.outcome == .stale)
            let repeated = try TestRegistry.submit(
                node, "clinic", "A-1", late, recordedAt: 5 * day)
            #expect(repeated.outcome == .unchanged)
            let answer = try node.patient(.enterpriseIdentifier(first.enterpriseIdentifier))
            #expect(answer.person[.municipality] == "Iquique")
        }
    }

    @Test func anOverlayIsAskedAbout() throws {
        try TestRegistry.withNode { node, _ in
            _ = try TestRegistry.submit(node, "clinic", "A-1", ana)
            let other = TestRegistry.person(
                [
                    .given: "Rodrigo", .family: "Valdés", .mothersFamily: "Fuentes",
                    .birthDate: "1951-11-02", .sex: "M",
                ], run: "7.654.321-6")
            let updated = try TestRegistry.submit(node, "clinic", "A-1", other)
            #expect(updated.outcome == .updated)
            #expect(node.status().reviewTasks == 1)
        }
    }

    @Test func refusalsSayWhy() throws {
        try TestRegistry.withNode { node, _ in
            _ = try TestRegistry.submit(node, "clinic", "A-1", ana)
            func code(_ body: () throws -> Void) -> RegistryErrorCode? {
                do {
                    try body()
                    return nil
                } catch {
                    return (error as? RegistryError)?.code
                }
            }
            func look(_ authority: String, _ value: String) -> RegistryErrorCode? {
                code {
                    _ = try node.patient(
                        .identifier(LocalIdentifier(authority: authority, value: value)))
                }
            }
            #expect(look("cl-rut", "1") == .unknownAuthority)
            #expect(look("cl-run", "12345678-6") == .invalidIdentifier)
            #expect(look("cl-run", "7654321-6") == .notFound)
            #expect(look("clinic", "A-2") == .notFound)
            #expect(code { _ = try TestRegistry.submit(node, "lab", "1", ana) } == .unknownSource)
            #expect(code { _ = try TestRegistry.submit(node, "clinic", "", ana) } == .badRequest)
        }
    }

    @Test func matchGradesCandidates() throws {
        try TestRegistry.withNode { node, _ in
            let receipt = try TestRegistry.submit(node, "clinic", "A-1", ana)
            let found = try node.match(ana, limit: 5, grade: .certain)
            #expect(found.count == 1)
            #expect(found.first?.patient.enterpriseIdentifier == receipt.enterpriseIdentifier)
            #expect(found.first?.grade == .certain)
            let stranger = TestRegistry.person([
                .given: "Wenceslao", .family: "Oyarzún", .birthDate: "1932-01-30",
            ])
            #expect(try node.match(stranger, limit: 5, grade: .probable).isEmpty)
        }
    }

    @Test func aPairIsExplained() throws {
        try TestRegistry.withNode { node, _ in
            _ = try TestRegistry.submit(node, "clinic", "A-1", ana)
            _ = try TestRegistry.submit(node, "hospital", "7", ana)
            let explanation = try node.explain(
                LocalIdentifier(authority: "clinic", value: "A-1"),
                LocalIdentifier(authority: "hospital", value: "7"))
            #expect(explanation.total > 8)
            let matched = try node.match(ana, limit: 1, grade: .certain).first
            #expect(matched?.weight == Double(explanation.total))
        }
    }

    @Test func manyAtOnceAreOnePerson() throws {
        try TestRegistry.withNode { node, url in
            let answers = (0..<64).map { _ in Promised<SubmissionReceipt>() }
            DispatchQueue.concurrentPerform(iterations: 64) { number in
                node.submit(
                    PatientSubmission(
                        source: number.isMultiple(of: 2) ? "clinic" : "hospital",
                        localID: "L\(number)", person: ana), actor: "client-\(number)"
                ) { answers[number].set($0) }
            }
            let receipts = try answers.map { try $0.wait().get() }
            #expect(Set(receipts.map(\.enterpriseIdentifier)).count == 1)
            #expect(receipts.filter { $0.outcome == .created }.count == 1)
            #expect(node.status().persons == 1)
            #expect(try TestRegistry.findings(in: url) == [])
        }
    }

    /// What is found for a version while another batch is written is what is found for it alone: also where
    /// that batch brings the record back that its source had withdrawn, and where it is another person now.
    @Test func versionsThatComeAtOnceEndAsOneByOne() throws {
        let alone = try TestRegistry.withNode { node, url in
            try changeAll(node) { submissions in
                for submission in submissions { try submit([submission], to: node) }
            }
            return try TestRegistry.endState(of: url)
        }
        let atOnce = try TestRegistry.withNode { node, url in
            try changeAll(node) { try submit($0, to: node) }
            #expect(try TestRegistry.findings(in: url) == [])
            return try TestRegistry.endState(of: url)
        }
        #expect(atOnce == alone)
        #expect(alone.contains { $0.contains("overlay") })
    }

    /// Registers persons, withdraws three, and has all stated anew, twice.
    private func changeAll(
        _ node: RegistryNode, _ submitAll: ([PatientSubmission]) throws -> Void
    ) throws {
        func version(_ version: Int, of number: Int) -> PatientSubmission {
            let isAnother = version == 2 && number.isMultiple(of: 5)
            var person = DecisionRegistry.person(isAnother ? number + 500 : number)
            person[.phone] = "+56 9 \(version)\(100_000 + number)"
            return PatientSubmission(
                source: "clinic", localID: "P-\(number)",
                recordedAt: Int64(version) * 86_400_000_000, person: person)
        }
        // Everybody is like one other, 49 places away.
        let numbers = 0..<98
        try submit(numbers.map { version(1, of: $0) }, to: node)
        // Nobody like another, nor like one who becomes another: what one batch changes is seen as it was before,
        // and how many come in one batch is a matter of moments.
        for number in [3, 5, 66] {
            let answer = Promised<DecisionOutcome>()
            let record = LocalIdentifier(authority: "clinic", value: "P-\(number)")
            node.decide(
                DecisionRequest(.retire(record, into: nil), actor: "steward", reason: "test")
            ) { answer.set($0) }
            _ = try answer.wait().get()
        }
        try submitAll((2...3).flatMap { round in numbers.map { version(round, of: $0) } })
    }

    private func submit(_ submissions: [PatientSubmission], to node: RegistryNode) throws {
        let answers = submissions.map { submission in
            let answer = Promised<SubmissionReceipt>()
            node.submit(submission, actor: "test") { answer.set($0) }
            return answer
        }
        for answer in answers { _ = try answer.wait().get() }
    }
}
