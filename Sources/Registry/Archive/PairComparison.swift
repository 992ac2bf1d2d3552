package import Identity
package import Linkage
package import RegistryModel
package import RegistryStore

/// Two persons or records side by side, and why the most alike pair of their records weighs what it
/// weighs.
package struct PairComparison: Sendable {
    /// A person with all its records, or one record.
    package struct Side: Sendable {
        /// As it was named: `euid:…`, or a record.
        package var title: String
        /// The golden record of a person, or what the record says.
        package var content: PersonRecord
        package var records: [PersonSnapshot.Record]
        /// Whether the person is restricted.
        package var isRestricted: Bool
    }

    /// Records of each side that are looked at.
    private static let recordsMax = 8

    package let left: Side
    package let right: Side
    /// The records whose weight is explained.
    package let explained: (left: LocalIdentifier, right: LocalIdentifier)
    package let explanation: MatchExplanation
    /// How sure the weight is, by the model's thresholds.
    package let grade: MatchGrade
    /// Whether both sides are one person now.
    package let isOnePerson: Bool

    /// Whether one of the persons is restricted.
    package var isRestricted: Bool { left.isRestricted || right.isRestricted }

    /// Compares two sides by a model; nil where one has no record.
    init?(left: Side, right: Side, model: LinkageModel) {
        guard let first = left.records.first, let second = right.records.first else { return nil }
        (self.left, self.right) = (left, right)
        isOnePerson = first.link.person == second.link.person
        func explain(
            _ one: PersonSnapshot.Record, _ other: PersonSnapshot.Record
        ) -> MatchExplanation {
            MatchExplanation(
                left: one.version.content, right: other.version.content, model: model)
        }
        var best = (left: first, right: second, explanation: explain(first, second))
        for one in left.records.prefix(Self.recordsMax) {
            for other in right.records.prefix(Self.recordsMax) where one.record != other.record {
                let explanation = explain(one, other)
                if best.left.record == best.right.record
                    || explanation.total > best.explanation.total
                {
                    best = (one, other, explanation)
                }
            }
        }
        explained = (best.left.name, best.right.name)
        explanation = best.explanation
        grade = LinkRule(
            automaticThreshold: model.automaticThreshold, reviewThreshold: model.reviewThreshold
        ).grade(Double(best.explanation.total))
    }
}

extension PairComparison {
    /// Writes the comparison as the object of the line protocol.
    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        for (key, side) in [("left", left), ("right", right)] as [(StaticString, Side)] {
            writer.key(key)
            writer.beginObject()
            writer.key("subject")
            writer.string(side.title)
            writer.key("patient")
            writer.raw(side.content.json)
            writer.endObject()
        }
        writer.key("one_person")
        writer.boolean(isOnePerson)
        writer.key("records")
        writer.beginArray()
        for name in [explained.left, explained.right] {
            writer.string("\(name.authority):\(name.value)")
        }
        writer.endArray()
        writer.key("weight")
        writer.decimal(Double(explanation.total), places: 2)
        writer.key("probability")
        writer.decimal(explanation.probability, places: 6)
        writer.key("grade")
        writer.string(grade.rawValue)
        writer.key("contradiction")
        writer.boolean(explanation.isVetoed)
        writer.key("steps")
        writer.beginArray()
        writeSteps(to: &writer)
        writer.endArray()
        writer.endObject()
    }

    /// The parts whose sum is the weight.
    private func writeSteps(to writer: inout JSONWriter) {
        func step(_ name: String, _ weight: Float, _ level: String) {
            writer.beginObject()
            writer.key("step")
            writer.string(name)
            writer.key("weight")
            writer.decimal(Double(weight), places: 2)
            writer.key("level")
            writer.string(level)
        }
        step("prior", explanation.prior, "any two records")
        writer.endObject()
        for part in explanation.steps {
            step(part.field.name, part.weight, part.level)
            writer.key("left")
            writer.string(part.left)
            writer.key("right")
            writer.string(part.right)
            writer.endObject()
        }
        step("others", explanation.relatives, explanation.alternative.name)
        writer.endObject()
    }
}

extension ArchiveReader {
    /// Compares two subjects by a model.
    ///
    /// - Throws: as `archive(of:)`; `conflict` for a retired person, naming who answers in its place.
    package static func comparison(
        of left: DecisionSubject, _ right: DecisionSubject, model: LinkageModel,
        policy: Survivorship, _ session: inout RegistrySession,
        known: (EnterpriseIdentifier) -> [Int64]? = { _ in nil }
    ) throws -> PairComparison {
        guard left != right else {
            throw RegistryError(.badRequest, "the two to compare are the same; name another")
        }
        let sides = try [left, right].map { subject in
            try side(subject, policy, &session, known)
        }
        let codes = Set(sides.compactMap { $0.records.first?.name.authority })
        let realms = Set(
            try session.sources().filter { codes.contains($0.source.code) }.map(\.source.realm))
        guard realms.count < 2 else {
            throw RegistryError(
                .badRequest, "one is a patient and the other a provider; they are not compared")
        }
        guard let comparison = PairComparison(left: sides[0], right: sides[1], model: model) else {
            throw RegistryError(.notFound, "the source has no such record")
        }
        return comparison
    }

    private static func side(
        _ subject: DecisionSubject, _ policy: Survivorship,
        _ session: inout RegistrySession, _ known: (EnterpriseIdentifier) -> [Int64]?
    ) throws -> PairComparison.Side {
        let archive = try archive(of: subject, &session, known: known)
        guard let person = PersonSnapshot(archive, policy: policy), !person.records.isEmpty else {
            let survivors = (archive.retirement?.survivors ?? []).map(\.description)
            throw RegistryError(
                .conflict,
                "\(archive.person) is retired; compare \(survivors.joined(separator: " or ")) "
                    + "in its place")
        }
        guard case .record(let name) = subject else {
            return PairComparison.Side(
                title: "euid:\(person.person)", content: person.golden, records: person.records,
                isRestricted: person.isRestricted)
        }
        let records = person.records.filter { $0.name == name }
        return PairComparison.Side(
            title: subject.text, content: records.first?.version.content ?? PersonRecord(),
            records: records, isRestricted: person.isRestricted)
    }
}
