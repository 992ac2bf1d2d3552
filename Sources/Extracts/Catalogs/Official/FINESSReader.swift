internal import RegistryModel

/// Reads the extracts of France's register of establishments: lines of several record types.
///
/// Layout of the register's notice: a line's first column is its type, semicolons part the rest. A
/// `structureej` is a legal entity and a `structureet` a geographic one, whose legal entity is its parent
/// in the hierarchy `legal`; a `geolocalisation` gives the place of the establishment with its number, in
/// Lambert 93 for the metropole. Other projections are left out, as are record types that are not
/// known. Positions of the legal entity's columns have differed between editions: only its number and
/// names are read.
struct FINESSReader {
    private let path: String
    private let catalog: CatalogKey
    private var positions: [String: (latitude: String, longitude: String)] = [:]

    init(path: String, catalog: CatalogKey) {
        self.path = path
        self.catalog = catalog
    }

    /// The columns of a geographic entity, from the one behind the type on.
    private enum Column: Int {
        case number = 1, legalNumber, name, longName, nameRest, furtherPlace, houseNumber
        case streetType, street, streetRest, hamlet, municipality, department, departmentName
        case delivery, telephone, fax, category, categoryName, group, groupName, siret
        case activity, tariffMode, tariffModeName, publicService, publicServiceName, opened
        case authorised, updated
    }

    /// Tells the entities in the order of the file.
    mutating func read(_ body: (Result<StatedEntry, RefusedRow>) throws -> Void) throws {
        guard path != "-" else { throw ExtractError.needsFile(format: "finess") }
        let file = LineFile(path: path)
        try file.forEach { _, text in
            if text.hasPrefix("geolocalisation;") { addPosition(FINESSReader.columns(text)) }
        }
        try file.forEach { line, text in
            if text.hasPrefix("structureet;") {
                try body(establishment(FINESSReader.columns(text), line))
            } else if text.hasPrefix("structureej;") {
                try body(legalEntity(FINESSReader.columns(text), line))
            } else if !text.isEmpty, !text.hasPrefix("geolocalisation;"),
                !text.hasPrefix("finess;")
            {
                let type = String(text.prefix { $0 != ";" }.prefix(40))
                try body(
                    .failure(
                        RefusedRow(
                            line: line, code: "",
                            problem: .unreadable("record type '\(type)' is not read"))))
            }
        }
    }

    private static func columns(_ text: String) -> [String] {
        text.split(separator: ";", omittingEmptySubsequences: false).map {
            EntryText.trimmed(String($0))
        }
    }

    private mutating func addPosition(_ columns: [String]) {
        guard columns.count >= 5, let x = Double(columns[2]), let y = Double(columns[3]),
            columns[4].isEmpty || columns[4].contains("LAMBERT_93"),
            let place = Lambert93.position(x: x, y: y)
        else { return }
        positions[columns[1]] = (Lambert93.text(place.latitude), Lambert93.text(place.longitude))
    }

    private func establishment(
        _ columns: [String], _ line: Int
    ) -> Result<StatedEntry, RefusedRow> {
        func text(_ column: Column) -> String? {
            let index = column.rawValue
            return index < columns.count && !columns[index].isEmpty ? columns[index] : nil
        }
        let code = text(.number) ?? ""
        // Editions differ in what stands behind the category.
        guard columns.count > Column.categoryName.rawValue else {
            return .failure(
                RefusedRow(
                    line: line, code: code,
                    problem: .wrongWidth(
                        expected: Column.updated.rawValue + 1, found: columns.count)))
        }
        guard !code.isEmpty else {
            return .failure(RefusedRow(line: line, code: "", problem: .missing(field: "code")))
        }
        var entry = StatedEntry(line: line, code: code, period: .always, members: [])
        entry["name"] = .object([
            JSONMember("fr", .string(text(.longName) ?? text(.name) ?? code))
        ])
        if let short = text(.name), let long = text(.longName), short != long {
            entry["alias"] = .array([.string(short)])
        }
        if let siret = text(.siret) {
            entry["id"] = .object([JSONMember("fr-siret", .array([.string(siret)]))])
        }
        entry[text: "type"] = text(.categoryName)
        entry[text: "ownership"] = text(.publicServiceName)
        entry[text: "status"] = "active"
        if let opened = text(.opened) {
            do throws(EntryProblem) {
                entry[text: "opened"] = try EntryText.day(opened, "opened")
            } catch {
                return .failure(RefusedRow(line: line, code: code, problem: error))
            }
        }
        if let legal = text(.legalNumber) {
            entry["parent"] = .object([
                JSONMember("legal", .string("\(catalog.authority):\(legal)"))
            ])
        }
        let street = [text(.houseNumber), text(.streetType), text(.street), text(.hamlet)]
        let address = street.compactMap { $0 }.joined(separator: " ")
        entry[text: "address"] = address.isEmpty ? nil : address
        addDelivery(text(.delivery), to: &entry)
        if let department = text(.department), let municipality = text(.municipality) {
            // The commune's number within its department; the commune of the whole country is both.
            let commune =
                department.utf8.count + municipality.utf8.count == 5
                ? department + municipality : municipality
            entry[text: "place"] = "fr-commune:" + commune
        }
        if let phone = text(.telephone) { entry["phone"] = .array([.string(phone)]) }
        if let position = positions[code] {
            entry[text: "latitude"] = position.latitude
            entry[text: "longitude"] = position.longitude
        }
        return .success(entry)
    }

    /// Postal code and town of a line like `75013 PARIS`.
    private func addDelivery(_ text: String?, to entry: inout StatedEntry) {
        guard let text else { return }
        let parts = text.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].utf8.count == 5,
            parts[0].utf8.allSatisfy({ $0 &- 0x30 <= 9 })
        else {
            entry[text: "municipality"] = text
            return
        }
        entry[text: "postal_code"] = String(parts[0])
        entry[text: "municipality"] = String(parts[1])
    }

    private func legalEntity(
        _ columns: [String], _ line: Int
    ) -> Result<StatedEntry, RefusedRow> {
        guard columns.count >= 4 else {
            return .failure(
                RefusedRow(
                    line: line, code: columns.count > 1 ? columns[1] : "",
                    problem: .wrongWidth(expected: 4, found: columns.count)))
        }
        guard !columns[1].isEmpty else {
            return .failure(RefusedRow(line: line, code: "", problem: .missing(field: "code")))
        }
        var entry = StatedEntry(line: line, code: columns[1], period: .always, members: [])
        let name = columns[3].isEmpty ? columns[2] : columns[3]
        entry["name"] = .object([JSONMember("fr", .string(name))])
        entry[text: "type"] = "legal"
        entry[text: "status"] = "active"
        return .success(entry)
    }
}
