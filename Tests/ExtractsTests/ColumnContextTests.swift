import Extracts
import Foundation
import Identity
import Testing

/// Columns whose name alone does not tell their meaning are settled by their neighbours.
///
/// Method: headers of one row each with literal expectations of the record read.
@Suite struct ColumnContextTests {
    private func person(_ text: String) throws -> PersonRecord {
        let path = NSTemporaryDirectory() + UUID().uuidString + ".csv"
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        var reader = try ExtractReader(path: path)
        return try #require(try reader.nextBatch(rowsMax: 1)?.rows.first).person
    }

    @Test(arguments: [
        ("name,vorname", "Soto,Ana"), ("name,surname", "Ana,Soto"), ("name,dob", "Ana Soto,1980"),
        ("nombre_completo,sexo", "\"Soto, Ana\",F"), ("nombre,comuna", "Ana Soto,Arica"),
        ("nombre,apellido", "Ana,Soto"), ("nom,prenom", "Soto,Ana"),
        ("nom et prénom,ville", "SOTO Ana,Pau"), ("name,given,family", "x y,Ana,Soto"),
        ("full_name,given,family", "x y,Ana,Soto"), ("نام و نام خانوادگی,شهر", "Ana Soto,تهران"),
    ])
    func names(_ header: String, _ row: String) throws {
        let person = try person("id,\(header)\n1,\(row)\n")
        #expect(person[.given].lowercased() == "ana")
        #expect(person[.family].lowercased() == "soto")
    }

    @Test(arguments: [
        ("vorname,nachname,geburtsname", "Ana,Lang,Soto"),
        ("prenom,nom,nom_naissance", "Ana,Lang,Soto"),
        ("first name,maiden name,last name", "Ana,Soto,Lang"),
        ("nombre,apellido,apellido_soltera", "Ana,Lang,Soto"),
    ])
    func birthName(_ header: String, _ row: String) throws {
        let person = try person("id,\(header)\n1,\(row)\n")
        #expect(person[.family] == "Soto" && person[.usedFamily] == "Lang")
    }

    @Test(arguments: [
        ("nombre social,nombre anterior,apellido anterior", "Alex,Ana,Rojas"),
        ("preferred name,former given name,former surname", "Alex,Ana,Rojas"),
        ("prénom usuel,ancien prénom,ancien nom", "Alex,Ana,Rojas"),
        ("نام مستعار,نام قبلی,نام خانوادگی قبلی", "Alex,Ana,Rojas"),
        ("social_given,former_given,former_family", "Alex,Ana,Rojas"),
        ("former_family,social_given,former_given", "Rojas,Alex,Ana"),
    ])
    func furtherNames(_ header: String, _ row: String) throws {
        let person = try person("id,given,family,\(header)\n1,Juan,Soto,\(row)\n")
        #expect(person[.given] == "Juan" && person[.family] == "Soto")
        #expect(person[.socialGiven] == "Alex")
        #expect(person[.formerGiven] == "Ana" && person[.formerFamily] == "Rojas")
        #expect(person.names.count == 2)
        #expect(try self.person("id,given,family,\(header)\n1,Juan,Soto,,,\n").names.isEmpty)
    }

    @Test(arguments: ["year of birth", "annee_naissance", "Geburtsjahr", "año_nacimiento"])
    func yearOfBirth(_ header: String) throws {
        #expect(try person("id,\(header)\n1,1980\n")[.birthDate] == "1980")
        let both = try person("id,\(header),birth_date\n1,1980,1980-02-03\n")
        #expect(both[.birthDate] == "1980-02-03")
    }

    @Test func germanHeader() throws {
        let person = try person(
            "id,vorname,nachname,geschlecht,geburtsdatum,telefon,strasse,hausnummer,plz,ort\n"
                + "1,Jörg,Groß,m,3.2.1980,030 123456,Ringstraße,7,10115,Berlin\n")
        #expect(person[.given] == "Jörg" && person[.family] == "Groß" && person[.sex] == "m")
        #expect(person[.birthDate] == "3.2.1980" && person[.phone] == "030 123456")
        #expect(person[.address] == "Ringstraße 7" && person[.postalCode] == "10115")
        #expect(person[.municipality] == "Berlin")
    }
}
