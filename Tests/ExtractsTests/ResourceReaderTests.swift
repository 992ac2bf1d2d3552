import Foundation
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
