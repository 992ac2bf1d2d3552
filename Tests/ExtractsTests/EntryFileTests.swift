import Foundation
import RegistryModel
import Testing

@testable import Extracts

/// Tables of registers are understood by their headers, and bad rows cost only themselves.
///
/// Method: small files as registers publish them, with literal expectations of entries and refusals.
@Suite struct EntryFileTests {
    private func content(_ entry: StatedEntry, _ kind: CatalogKind) throws -> String {
        String(
            decoding: try EntryContent(entry.members, schema: kind.schema).json, as: UTF8.self)
    }

    @Test func spanishHeadersWithSemicolonsAndCommas() throws {
        let path = try TemporaryFile.written(
            """
            Código;Prestación;Grupo;Arancel;Vigencia desde;Vigencia hasta;Notas
            0101001;Consulta médica;Consultas;12.340,50;01/01/2024;31/12/2024;x
            0101001;Consulta médica;Consultas;13000;2025-01-01;;y

            """)
        let read = try RegistryFiles.read(path, .service, authority: "cl-mai")
        #expect(read.refused.isEmpty)
        #expect(read.unrecognised == ["Notas"])
        #expect(read.entries.map(\.code) == ["0101001", "0101001"])
        #expect(read.entries[0].line == 2)
        #expect(read.entries[0].period == EntryPeriod(from: 19_723, through: 20_088))
        #expect(
            try content(read.entries[0], .service)
                == #"{"name":{"es":"Consulta médica"},"group":"Consultas","tariff":{"total":"12340.50"}}"#
        )
        #expect(read.entries[1].period == EntryPeriod(from: 20_089, through: nil))
    }

    @Test func persianHeadersDigitsAndDays() throws {
        let path = try TemporaryFile.written(
            "کد مرکز,نام مرکز,وضعیت,تاریخ افتتاح,تخت\n۱۲۳,بیمارستان,فعال,۱۴۰۰/۰۱/۰۱,۱۲۰\n")
        let read = try RegistryFiles.read(path, .facility, authority: "ir-siam")
        #expect(
            try read.entries.map { try content($0, .facility) } == [
                #"{"name":{"fa":"بیمارستان"},"status":"active","opened":"2021-03-21","beds":{"total":120}}"#
            ])
    }

    @Test func canonicalColumnsListsAndGroups() throws {
        let path = try TemporaryFile.written(
            #"""
            code,name.es,name.fr,parent.network,phone,opening_hours,id.pe-ruc,level
            1,Uno,Un,2,+56 1 | +56 2,"[{""day"":""mon"",""opens"":""08:00"",""closes"":""17:00""}]",20131373237,
            """#)
        let read = try RegistryFiles.read(path, .facility)
        #expect(read.unrecognised.isEmpty)
        #expect(
            try content(read.entries[0], .facility)
                == #"{"name":{"es":"Uno","fr":"Un"},"id":{"pe-ruc":["20131373237"]},"#
                + #""parent":{"network":"cl-deis:2"},"#
                + #""opening_hours":[{"day":"mon","opens":"08:00","closes":"17:00"}],"#
                + #""phone":["+56 1","+56 2"]}"#)
    }

    @Test func columnsAreNamedByTheUser() throws {
        let path = try TemporaryFile.written("k,t,nombre\n7,Siete,Otro\n")
        let read = try RegistryFiles.read(
            path, .place, authority: "cl-comuna", columns: ["code": "k", "name.es": "t"])
        #expect(try content(read.entries[0], .place) == #"{"name":{"es":"Siete"}}"#)
        #expect(read.unrecognised == ["nombre"])
        #expect(throws: ExtractError.missingColumn(path: path, column: "zz")) {
            try RegistryFiles.read(path, .place, columns: ["code": "zz"])
        }
        #expect(throws: ExtractError.missingColumn(path: path, column: "code")) {
            try RegistryFiles.read(path, .place)
        }
        #expect(throws: ExtractError.unknownField(name: "colour")) {
            try RegistryFiles.read(path, .place, columns: ["code": "k", "colour": "t"])
        }
    }

    @Test func badRowsAreRefusedAndTheRestIsRead() throws {
        let path = try TemporaryFile.written(
            """
            code,name,valid_from,valid_to,latitude,opened
            1,Uno,,,,
            2,Dos,,
            3,Tres,2024-13-01,,,
            4,Cuatro,2024-01-02,2024-01-01,,
            5,Cinco,,,abc,
            6,Seis,,,,2024
            ,Siete,,,,
            8,"Ocho,,,,
            9,Nueve,,,,
            """)
        let read = try RegistryFiles.read(path, .facility)
        #expect(read.entries.map(\.code) == ["1", "9"])
        #expect(read.refused.map(\.line) == [3, 4, 5, 6, 7, 8, 9])
        #expect(
            read.refused.map(\.problem.category) == [
                "wrong-width", "bad-value", "bad-period", "bad-value", "bad-value",
                "missing-field", "unreadable",
            ])
    }

    @Test func deis() throws {
        let path = try TemporaryFile.written(
            """
            Código Antiguo;Código Vigente;Nombre Oficial;Tipo Establecimiento (Glosa);Dependencia Administrativa;Nivel de Atención;Código Comuna;Nombre Comuna;Latitud;Longitud;Estado de funcionamiento
            02-100;102100;Hospital de Prueba;Hospital;Servicio de Salud;Terciario;2101;Antofagasta;-23,65;-70,4;Vigente en operación
            """)
        var file = try EntryFile(path: path, kind: .facility, authority: "cl-deis")
        #expect(file.format == .deis)
        var entries: [StatedEntry] = []
        try file.read { entries.append(try $0.get()) }
        #expect(entries[0].code == "102100")
        #expect(entries[0][text: "place"] == "cl-comuna:02101")
        #expect(entries[0][text: "latitude"] == "-23.65")
        #expect(
            entries[0]["id"]
                == .object([JSONMember("cl-deis-old", .array([.string("02-100")]))]))
    }

    @Test func renipress() throws {
        let path = try TemporaryFile.written(
            """
            Institución,Código Único,Nombre del establecimiento,Clasificación,Ubigeo,Dirección,Categoría,Condición,NORTE,ESTE,Camas
            GOBIERNO REGIONAL,6208,PUESTO DE PRUEBA,PUESTOS DE SALUD,10101,JR. UNO 1,I-1,EN FUNCIONAMIENTO,-77.86,-6.22,4
            """)
        var file = try EntryFile(path: path, kind: .facility, authority: "pe-ipress")
        #expect(file.format == .renipress)
        var entries: [StatedEntry] = []
        try file.read { entries.append(try $0.get()) }
        #expect(entries[0].code == "00006208")
        #expect(
            try content(entries[0], .facility)
                == #"{"name":{"es":"PUESTO DE PRUEBA"},"type":"PUESTOS DE SALUD","level":"I-1","#
                + #""ownership":"GOBIERNO REGIONAL","status":"active","#
                + #""place":"pe-ubigeo-inei:010101","address":"JR. UNO 1","#
                + #""latitude":"-6.22","longitude":"-77.86","beds":{"total":4}}"#)
    }

    @Test func finess() throws {
        let path = try TemporaryFile.written(
            """
            finess;etalab;99;2024-01-01
            structureej;540000001;FONDATION;FONDATION DE PRUEBA
            structureet;540002698;540000001;CLINIQUE;CLINIQUE D ESSAI;;;12;R;DE LA PAIX;;;395;54;MEURTHE;54000 NANCY;0383000000;;355;Centre Hospitalier;1102;Groupe;26540001100017;8610Z;03;ARS;1;Public;1990-05-01;1990-01-01;2024-01-01;
            geolocalisation;540002698;935000.0;6848000.0;1,ATLASANTE,100,IGN,BD_ADRESSE,V2.2,LAMBERT_93;2024-01-01
            autre;1;2
            structureet;1
            """, "finess.csv")
        let read = try RegistryFiles.read(path, .facility, authority: "fr-finess")
        #expect(read.entries.map(\.code) == ["540000001", "540002698"])
        #expect(read.refused.map(\.line) == [5, 6])
        let entry = read.entries[1]
        #expect(entry["parent"]?["legal"]?.string == "fr-finess:540000001")
        #expect(entry[text: "place"] == "fr-commune:54395")
        #expect(entry[text: "municipality"] == "NANCY")
        #expect(entry[text: "opened"] == "1990-05-01")
        let latitude = try #require(entry[text: "latitude"].flatMap(Double.init))
        let longitude = try #require(entry[text: "longitude"].flatMap(Double.init))
        // Nancy lies at 48.69 north and 6.18 east.
        #expect(abs(latitude - 48.69) < 0.03 && abs(longitude - 6.19) < 0.03)
    }

    @Test func lambertOfKnownPoints() throws {
        // The projection's origin, and the Panthéon's neighbourhood.
        let origin = try #require(Lambert93.position(x: 700_000, y: 6_600_000))
        #expect(abs(origin.latitude - 46.5) < 1e-6 && abs(origin.longitude - 3) < 1e-9)
        #expect(Lambert93.position(x: -5, y: 6_600_000) == nil)
        #expect(Lambert93.text(-0.5) == "-0.500000")
    }

    @Test func bdpmFolder() throws {
        let file = try TemporaryFile.written(
            "60000001\tPRUEBAMOL 1 g, comprimé\tcomprimé\torale\tAutorisation active\tNationale\t"
                + "Commercialisée\t17/05/2001\t\t\t LABO ESSAI\tNon\n"
                + "6\tX\tx\tx\tx\tx\tx\tx\tx\tx\tx\n60000002\tcourt\n", "CIS_bdpm.txt")
        let folder = (file as NSString).deletingLastPathComponent
        try Data(
            "60000001\t3400001\tplaquette(s) de 8 comprimé(s)\tPrésentation active\tx\t19/09/2011\t3400935955838\toui\t65 %\t1,16\t2,18\t1,02\t\n"
                .utf8
        ).write(to: URL(filePath: folder + "/CIS_CIP_bdpm.txt"))
        try Data("60000001\tcomprimé\t02202\tPRUEBAMOL\t1 g\tun comprimé\tSA\t1\t\n".utf8)
            .write(to: URL(filePath: folder + "/CIS_COMPO_bdpm.txt"))
        try Data("1368\tPRUEBAMOL 1 g - X\t60000001\t1\t2\t\n".utf8)
            .write(to: URL(filePath: folder + "/CIS_GENER_bdpm.txt"))
        let read = try RegistryFiles.read(folder, .drug, authority: "fr-cis")
        #expect(read.entries.map(\.code) == ["60000001"])
        #expect(read.refused.map(\.problem) == [.badCode, .wrongWidth(expected: 11, found: 2)])
        #expect(
            try content(read.entries[0], .drug)
                == #"{"name":{"fr":"PRUEBAMOL 1 g, comprimé"},"product":"drug","level":"product","#
                + #""status":"active","inn":["PRUEBAMOL"],"ingredient":[{"substance":"PRUEBAMOL","#
                + #""amount":"1","unit":"g","per_amount":"1","per_unit":"comprimé"}],"#
                + #""form":"comprimé","route":["orale"],"generic_group":"1368","#
                + #""generic_role":"generic","holder":"LABO ESSAI"}"#)
        let packs = try RegistryFiles.read(folder, .drug, authority: "fr-cip13")
        #expect(packs.refused.isEmpty)
        let pack = try #require(packs.entries.first)
        #expect(packs.entries.count == 1 && pack.code == "3400935955838")
        #expect(pack[text: "price"] == "2.18")
        #expect(pack[text: "parent"] == "fr-cis:60000001")
        #expect(pack[text: "reimbursement"] == "65")
        #expect(pack[text: "generic_group"] == "1368")
    }

    @Test func bdpmNumbers() throws {
        #expect(try BDPMReader.number("1,104,38", "price") == "1104.38")
        #expect(try BDPMReader.number("24,34", "price") == "24.34")
        #expect(throws: EntryProblem.self) { try BDPMReader.number("abc", "price") }
    }
}
