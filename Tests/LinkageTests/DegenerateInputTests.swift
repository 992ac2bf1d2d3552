import Glibc
import Identity
import Testing

@testable import Linkage

/// Nothing that a file can hold crashes the engine, hangs it, or makes it slow.
///
/// Method: files without persons, of one person, of one block, with text that no name is; each is
/// linked at default settings, and the work of four times the records is bounded. Work is the processor
/// time of the one thread that does it, which other work on the machine does not add to.
@Suite(.timeLimit(.minutes(10))) struct DegenerateInputTests {
    private static func link(_ records: [PersonRecord], threads: Int = 2) -> LinkageOutcome {
        let outcome = LinkageRunTests.link(records, threads: threads)
        for (slot, cluster) in outcome.clusters.enumerated() {
            // The name of a cluster is its smallest slot.
            precondition(cluster <= slot && outcome.clusters[Int(cluster)] == cluster)
        }
        #expect(outcome.clusters.count == records.count)
        #expect(outcome.pairs.allSatisfy { $0.weight.isFinite && $0.left < $0.right })
        return outcome
    }

    /// The seconds of processor time that linking takes on the calling thread.
    private static func seconds(_ records: [PersonRecord]) -> Double {
        func now() -> Double {
            var time = timespec()
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
            return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
        }
        let begun = now()
        _ = link(records, threads: 1)
        return now() - begun
    }

    @Test func noRecordOneRecordAndTwo() {
        #expect(Self.link([]).clusters.isEmpty)
        #expect(Self.link([PersonRecord()]).clusters == [0])
        let ana = PersonRecord([.given: "Ana", .family: "Rojas", .birthDate: "1980-02-11"])
        #expect(Self.link([ana]).clusters == [0])
        #expect(Self.link([ana, ana]).clusters == [0, 0])
        #expect(Self.link([ana, PersonRecord()]).clusters == [0, 1])
    }

    @Test func recordsThatSayNothing() {
        let outcome = Self.link(Array(repeating: PersonRecord(), count: 50_000))
        // Nothing speaks for any two of them being one person.
        #expect(Set(outcome.clusters).count == 50_000)
        #expect(outcome.statistics.comparedPairs == 0)
    }

    @Test func equalRecords() {
        let ana = PersonRecord([
            .given: "Ana", .family: "Rojas", .birthDate: "1980-02-11", .phone: "912345678",
        ])
        let outcome = Self.link(Array(repeating: ana, count: 50_000))
        #expect(Set(outcome.clusters) == [0])
        #expect(outcome.statistics.comparedPairs == 0)
    }
}

/// Files whose records all share a value, one large block each.
private enum OneBlock: String, CaseIterable {
    case surnameAlone, nameAndDates, nameDateAndNumbers, phoneAndDwelling, datesAlone, numbersAlone
    case columnOfOneValue

    /// The record at a place of the file.
    func record(_ number: Int) -> PersonRecord {
        let ana: KeyValuePairs<DemographicField, String> = [
            .given: "Ana", .family: "Rojas", .mothersFamily: "Soto", .birthDate: date(number),
        ]
        switch self {
        case .surnameAlone: return PersonRecord([.family: "Rojas", .insurer: "\(number)"])
        case .nameAndDates: return PersonRecord(ana)
        case .nameDateAndNumbers:
            var record = PersonRecord(ana, id: "\(5_000_000 + number)")
            record[.birthDate] = "1980-02-11"
            return record
        case .phoneAndDwelling:
            return PersonRecord([
                .given: "Ana\(number)", .phone: "912345678", .address: "Prat 1",
                .municipality: "Iquique",
            ])
        case .datesAlone: return PersonRecord([.birthDate: date(number)])
        case .numbersAlone: return PersonRecord([:], id: "\(5_000_000 + number)")
        case .columnOfOneValue:
            return PersonRecord([
                .given: "Ana\(number % 700)", .family: "Rojas\(number / 700)", .sex: "F",
                .municipality: "Iquique",
            ])
        }
    }

    private func date(_ number: Int) -> String {
        let (year, rest) = (1900 + number / 336 % 120, number % 336)
        let (month, day) = (1 + rest / 28, 1 + rest % 28)
        return "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
    }
}

/// What all records share cannot make the work quadratic.
extension DegenerateInputTests {
    @Test(arguments: OneBlock.allCases) fileprivate func timeGrowsWithRecords(_ file: OneBlock) {
        let few = Self.seconds((0..<10_000).map(file.record))
        let many = Self.seconds((0..<40_000).map(file.record))
        // Four times the records; sixteen times the time would be quadratic.
        #expect(many < 8 * few + 1, "\(few) s became \(many) s")
    }
}

/// Text that no name is.
extension DegenerateInputTests {
    private static let strange: [String] = [
        "", " ", "\u{0}", "\u{7}\u{1B}[2J\u{8}", "\u{202E}anA\u{202C}", "\u{2066}\u{2069}",
        "\u{301}", "\u{301}\u{302}\u{303}", "a" + String(repeating: "\u{301}", count: 500),
        "👩‍👩‍👧‍👦", "🇨🇱🇵🇪", "\u{FEFF}Ana", "\u{FFFD}", "\u{10FFFF}", "-", "'", "....", ",;|\"",
        "ﷺ", "ß", "İ", "ﬁ", "Å\u{30A}", "०१२३", "张伟", "אנה", "ـــ", "\u{200C}\u{200D}",
        "123456789012345678901234567890", "NULL", "=1+1", "<script>", "%s%n",
        String(repeating: "a", count: 10_000), String(repeating: "a b ", count: 2_500),
        String(repeating: "ñ", count: 10_000), String(repeating: "👩", count: 2_500),
        String(repeating: "-", count: 10_000),
    ]

    @Test func strangeTextInEveryField() {
        var records: [PersonRecord] = []
        for text in Self.strange {
            for field in DemographicField.allCases { records.append(PersonRecord([field: text])) }
            var all = PersonRecord()
            for field in DemographicField.allCases { all[field] = text }
            all.identifiers = ["cl-run", "pe-dni", "fr-ins-nir", "ir-nid", "", "no such"].map {
                LocalIdentifier(authority: $0, value: text)
            }
            records.append(all)
            // Beside one who is somebody, so that there are pairs to compare.
            all[.birthDate] = "1980-02-11"
            all[.phone] = "912345678"
            records.append(all)
        }
        let outcome = Self.link(records)
        #expect(outcome.statistics.comparedPairs > 0)
    }

    @Test func longNamesAmongPeople() {
        var records = LinkageRunTests.population(households: 50).map(\.record)
        for length in [255, 256, 257, 1_000, 10_000] {
            for ending in ["", "x", "y"] {
                let name = String(repeating: "ab", count: length / 2) + ending
                records.append(
                    PersonRecord([.given: name, .family: name, .birthDate: "1980-02-11"]))
            }
        }
        _ = Self.link(records)
    }

    @Test func manyValuesInRepeatedFields() {
        var record = PersonRecord([.given: "Ana", .family: "Rojas", .birthDate: "1980-02-11"])
        for number in 0..<16 {
            record.append("9\(12_345_600 + number)", to: .phone)
            record.append("ana\(number)@example.org", to: .email)
            record.append("Prat \(number)", to: .address)
            record.identifiers.append(
                LocalIdentifier(authority: "passport-cl", value: "P\(100_000 + number)"))
        }
        var other = record
        other[.given] = "Anita"
        let outcome = Self.link([record, other, record])
        #expect(outcome.clusters[0] == outcome.clusters[2])
    }

    @Test(arguments: [
        "0000-00-00", "9999-12-31", "0001-01-01", "-5", "1980-13-45", "1980-02-30", "99999999",
        "00000000", "2147483648-01-01", "1980", "1980-02", "30/02/1980", "31-12-99", "1403/12/30",
        "۱۳۵۷/۱۱/۲۲", "yesterday", "1e9", "１９８０-０２-１１", "20000229", "19000229",
    ])
    func datesThatAreNone(_ date: String) {
        let ana = PersonRecord([.given: "Ana", .family: "Rojas", .birthDate: date])
        var other = ana
        other[.birthDate] = "1980-02-11"
        var death = other
        death[.deceasedDate] = date
        _ = Self.link([ana, other, death, ana])
    }

    @Test func fieldsOfOneKindAlone() {
        for field in DemographicField.allCases {
            let records = (0..<300).map { PersonRecord([field: "\(100_000 + $0 % 40)"]) }
            _ = Self.link(records)
        }
    }
}
