import Extracts
import Foundation
import Identity
import SeededTesting
import Testing

/// Columns that no list of names has are understood by their words and by what they hold.
///
/// Method: extracts of some dozen rows with invented headers and values that are valid by the rules of their
/// authorities, with literal expectations of the record read; and the same with too few or other values.
@Suite struct ColumnContentTests {
    private func read(_ text: String, columns: ColumnOverrides = []) throws -> (
        mapping: ColumnMapping, person: PersonRecord
    ) {
        let path = NSTemporaryDirectory() + UUID().uuidString + ".csv"
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        var reader = try ExtractReader(path: path, columns: columns)
        let mapping = reader.mapping
        return (mapping, try #require(try reader.nextBatch(rowsMax: 1)?.rows.first).person)
    }

    /// Rows of a column beside record ids and given names.
    private func rows(_ header: String, _ values: [String]) -> String {
        "id,given,\(header)\n"
            + values.enumerated().map { "\($0),Ana,\($1)\n" }.joined()
    }

    /// Numbers that an authority's check digits accept, found by trying digits.
    private func numbers(of authority: String, count: Int) throws -> [String] {
        let rule = try #require(AssigningAuthority.shipped(code: authority))
        var random = SeededGenerator(seed: 1)
        var found: [String] = []
        while found.count < count {
            let value: String
            switch authority {
            case "fr-ins-nir":
                let body =
                    1_000_000_000_000 + Int.random(in: 0..<1_000, using: &random) + 850_775_056_000
                value = "\(body)" + String(format: "%02d", 97 - body % 97)
            case "cl-run":
                value =
                    "\(Int.random(in: 5_000_000..<25_000_000, using: &random))"
                    + "-\(Int.random(in: 0...9, using: &random))"
            default: value = "\(Int.random(in: 1_000_000_000..<9_999_999_999, using: &random))"
            }
            if rule.assess(value).finding == .valid { found.append(value) }
        }
        return found
    }

    @Test(arguments: ["cl-run", "ir-nid", "fr-ins-nir"])
    func numbersBetrayThemselves(authority: String) throws {
        let values = try numbers(of: authority, count: 40)
        let (mapping, person) = try read(rows("codigo_x", values))
        #expect(mapping.toldByValues.map(\.meaning) == [.nationalID(authority: authority)])
        #expect(person.identifiers == [LocalIdentifier(authority: authority, value: values[0])])
    }

    @Test func whatIsNotEnough() throws {
        let numbers = try numbers(of: "cl-run", count: 40)
        // A guardian's number is not the person's, and few values or a column of one value show nothing.
        for text in [
            rows("rut_apoderado", numbers), rows("mother_x", numbers),
            rows("codigo_x", Array(numbers.prefix(19))),
            rows("codigo_x", Array(repeating: numbers[0], count: 40)),
            rows("codigo_x", (0..<40).map { "\(12_345_670 + $0 * 37)" }),
            rows("run,codigo_x", numbers.map { "\($0),\($0)" }),
        ] {
            let (mapping, _) = try read(text)
            #expect(mapping.toldByValues.isEmpty, "\(text.prefix(30))")
        }
        // Of two columns that could be it, none is.
        let (mapping, person) = try read(rows("a_x,b_x", numbers.map { "\($0),\($0)" }))
        #expect(mapping.unrecognised == ["a_x", "b_x"] && person.identifiers.isEmpty)
    }

    @Test func datesAndMail() throws {
        let years = (0..<60).map { "\(1940 + $0)-03-04,u\($0)@example.org" }
        let (mapping, person) = try read(rows("d_x,m_x", years))
        #expect(mapping.toldByValues.map(\.meaning) == [.field(.birthDate), .field(.email)])
        #expect(person[.birthDate] == "1940-03-04" && person[.email] == "u0@example.org")
        // Dates of some years only are of visits.
        let visits = (0..<60).map { "\(2010 + $0 % 12)-03-04" }
        #expect(try read(rows("d_x", visits)).mapping.unrecognised == ["d_x"])
    }

    @Test func monthBeforeDay() throws {
        let monthFirst = (0..<60).map { "\(1 + $0 % 12)/\(1 + $0 % 28)/19\(30 + $0)" }
        #expect(try read(rows("dob", monthFirst)).person[.birthDate] == "1930-01-01")
        #expect(try read(rows("dob", monthFirst.reversed())).person[.birthDate] == "1989-12-04")
        let dayFirst = (0..<60).map { "\(1 + $0 % 28)/\(1 + $0 % 12)/19\(30 + $0)" }
        #expect(try read(rows("dob", dayFirst.reversed())).person[.birthDate] == "4/12/1989")
        // Where both orders stand, each value is left as it is written.
        #expect(
            try read(rows("dob", monthFirst.reversed() + dayFirst)).person[.birthDate]
                == "12/4/1989")
    }

    @Test(arguments: [
        ("patientFirstName,Patient Last Name", "Ana,Soto"),
        ("name (given),name (family)", "Ana,Soto"),
        ("Nombre del paciente 1,apellido_paterno_paciente", "Ana,Soto"),
        ("given,legal_surname", "Ana,Soto"), ("prenom_assure,nom_de_famille_assure", "Ana,Soto"),
    ])
    func words(_ header: String, _ row: String) throws {
        let (mapping, person) = try read("id,\(header),father_rut\n1,\(row),1-9\n")
        #expect(person[.family] == "Soto", "\(mapping.meanings)")
        #expect(mapping.unrecognised.contains("father_rut") && person.identifiers.isEmpty)
    }

    @Test(arguments: [
        ("father_name", DemographicField.fatherGiven), ("fathersFirstName", .fatherGiven),
        ("mother_name", .motherGiven), ("nombre_de_la_madre", .motherGiven),
        ("patient_mobile_phone", .phone), ("current_address", .address),
        ("Date of birth (patient)", .birthDate),
    ])
    func wordsOfOneColumn(_ header: String, _ field: DemographicField) throws {
        #expect(try read("id,given,\(header)\n1,Ana,1980\n").person[field] == "1980")
    }

    @Test func wordsNeverTakeWhatHasAColumn() throws {
        let (mapping, person) = try read(
            "id,patient id,given,patient given,phone\n1,7,Ana,Eva,5\n")
        #expect(person[.given] == "Ana" && mapping.unrecognised == ["patient given"])
    }

    @Test(arguments: [
        ("birth_year,birth_month,birth_day", "1980,2,3", "1980-2-3"),
        ("bd,bm,by", "03,02,1980", "1980-02-03"), ("by,bm,bd", "1980,02,", "1980-02"),
        ("año_nacimiento,mes_nacimiento,dia_nacimiento", "1980,,3", "1980"),
    ])
    func datesInParts(_ header: String, _ row: String, _ date: String) throws {
        #expect(try read("id,given,\(header)\n1,Ana,\(row)\n").person[.birthDate] == date)
    }
}
