import Foundation
import Identity
import RegistryModel
import Testing

@testable import Extracts

/// Resources of FHIR R4 that others wrote become entries.
///
/// Method: small files of resources as servers export them, with literal expectations.
@Suite struct ResourceReaderTests {
    private func entries(
        _ lines: [String], _ kind: CatalogKind, _ authority: String
    ) throws -> (json: [String], refused: [RefusedRow], unrecognised: [String]) {
        let path = try TemporaryFile.written(lines.joined(separator: "\n"), "file.ndjson")
        let read = try RegistryFiles.read(path, kind, authority: authority)
        let json = try read.entries.map { entry in
            "\(entry.code) "
                + String(
                    decoding: try EntryContent(entry.members, schema: kind.schema).json,
                    as: UTF8.self)
        }
        return (json, read.refused, read.unrecognised)
    }

    @Test func aLocationAndItsOrganisationAreOneFacility() throws {
        let read = try entries(
            [
                #"{"resourceType":"Location","id":"l1","identifier":[{"system":"urn:padron:authority:cl-deis","value":"101100"}],"status":"active","name":"Hospital","position":{"longitude":-70.3,"latitude":-18.5},"managingOrganization":{"reference":"Organization/o1"},"hoursOfOperation":[{"daysOfWeek":["mon","tue"],"openingTime":"08:00:00","closingTime":"17:00:00"}],"address":{"line":["Uno 1"],"city":"Arica"}}"#,
                #"{"resourceType":"Organization","id":"o1","identifier":[{"system":"urn:padron:authority:cl-deis","value":"101100"}],"active":true,"name":"Hospital","partOf":{"reference":"Organization/o2"}}"#,
                #"{"resourceType":"Organization","id":"o2","identifier":[{"system":"urn:padron:authority:cl-deis","value":"1"}],"name":"Servicio"}"#,
                #"{"resourceType":"Patient","id":"p"}"#, "not json",
                #"{"resourceType":"Location","name":"nobody"}"#,
            ], .facility, "cl-deis")
        #expect(
            read.json == [
                #"101100 {"name":{"und":"Hospital"},"status":"active","parent":{"legal":"cl-deis:1"},"address":"Uno 1","municipality":"Arica","latitude":"-18.5","longitude":"-70.3","opening_hours":[{"day":"mon","opens":"08:00","closes":"17:00"},{"day":"tue","opens":"08:00","closes":"17:00"}]}"#,
                #"1 {"name":{"und":"Servicio"}}"#,
            ])
        #expect(read.refused.map(\.line) == [5, 6])
        #expect(read.unrecognised == ["Patient (1)"])
    }

    @Test func aPractitionerHasItsRoles() throws {
        let read = try entries(
            [
                #"{"resourceType":"PractitionerRole","practitioner":{"reference":"Practitioner/a"},"organization":{"identifier":{"system":"urn:padron:authority:fr-finess","value":"540002698"}},"code":[{"text":"chef"}],"specialty":[{"text":"Cardiologie"}],"period":{"start":"2020-01-01T00:00:00Z"}}"#,
                #"{"resourceType":"Practitioner","id":"a","identifier":[{"system":"urn:padron:authority:fr-rpps","value":"10000023084"}],"qualification":[{"code":{"text":"Médecin"},"period":{"start":"2010-05-01"}}],"communication":[{"coding":[{"code":"fr"}]}]}"#,
            ], .provider, "fr-rpps")
        #expect(
            read.json == [
                #"10000023084 {"profession":[{"profession":"Médecin","from":"2010-05-01"}],"specialty":[{"specialty":"Cardiologie","from":"2020-01-01"}],"affiliation":[{"role":"chef","facility":"fr-finess:540002698","from":"2020-01-01"}],"language":["fr"]}"#
            ])
    }

    @Test func medicationsAndCoverage() throws {
        let drug = try entries(
            [
                #"{"resourceType":"Medication","identifier":[{"value":"77"}],"code":{"coding":[{"system":"http://www.whocc.no/atc","code":"N02BE01"}],"text":"Uno"},"status":"active","form":{"text":"tableta"},"ingredient":[{"itemCodeableConcept":{"text":"dos"},"strength":{"numerator":{"value":500,"unit":"mg"},"denominator":{"value":1,"unit":"tableta"}}}]}"#
            ], .drug, "cl-isp")
        #expect(
            drug.json == [
                #"77 {"name":{"und":"Uno"},"product":"drug","status":"active","atc":["N02BE01"],"ingredient":[{"substance":"dos","amount":"500","unit":"mg","per_amount":"1","per_unit":"tableta"}],"form":"tableta"}"#
            ])
        let coverage = try entries(
            [
                #"{"resourceType":"Coverage","status":"active","subscriberId":"12345678-5","period":{"start":"2024-01-01","end":"2024-12-31"},"class":[{"type":{"coding":[{"code":"plan"}]},"value":"MAI"}]}"#
            ], .coverage, "fonasa")
        #expect(coverage.json == [#"12345678-5 {"plan":"MAI","status":"active"}"#])
    }
}

/// Patients and practitioners of FHIR become rows of an extract.
///
/// Method: resources as the countries' profiles have them are written as an extract, which is read by
/// the reader of extracts.
@Suite struct PersonResourcesTests {
    @Test func patientsBecomeAnExtract() throws {
        let path = try TemporaryFile.written(
            [
                #"{"resourceType":"Patient","id":"p1","meta":{"lastUpdated":"2024-03-01T10:00:00Z"},"identifier":[{"system":"urn:padron:authority:cl-run","value":"12345678-5"},{"system":"urn:oid:1.2.250.1.213.1.4.8","value":"279035121518989"}],"name":[{"use":"official","family":"Soto","_family":{"extension":[{"url":"https://hl7chile.cl/fhir/ig/clcore/StructureDefinition/SegundoApellido","valueString":"Rojas"}]},"given":["Ana","María"]},{"use":"usual","given":["Nita"]}],"gender":"female","birthDate":"1980-05-01","telecom":[{"system":"phone","value":"1"},{"system":"phone","value":"2"}],"address":[{"line":["Uno 1"],"city":"Arica","postalCode":"100"}]}"#,
                #"{"resourceType":"Organization"}"#, "{",
                #"{"resourceType":"Patient","name":[{"use":"official","family":"Martin"},{"use":"maiden","family":"Durand"}]}"#,
            ].joined(separator: "\n"), "patients.ndjson")
        let output = path + ".csv"
        var rejected: [RejectedRow] = []
        let count = try PersonResources(path: path).writeExtract(to: output) { rejected.append($0) }
        #expect(count == 2)
        #expect(rejected.map(\.lineNumber) == [3])
        var reader = try ExtractReader(path: output)
        let rows = try reader.nextBatch(rowsMax: 10)?.rows ?? []
        try #require(rows.count == 2)
        let person = rows[0].person
        #expect(rows[0].recordID == "p1" && rows[0].recordedAt == "2024-03-01T10:00:00Z")
        #expect(person[.given] == "Ana María" && person[.family] == "Soto")
        #expect(person[.mothersFamily] == "Rojas" && person[.socialGiven] == "Nita")
        #expect(person[.sex] == "F" && person[.birthDate] == "1980-05-01")
        #expect(person.values(of: .phone) == ["1", "2"] && person[.municipality] == "Arica")
        #expect(person.identifiers.map(\.authority) == ["cl-run", "fr-ins-nir"])
        #expect(rows[1].person[.family] == "Durand" && rows[1].person[.usedFamily] == "Martin")
    }
}
