package import Identity
internal import RegistryModel

/// Patients and practitioners in resources of FHIR R4, one a line, as rows of an extract.
///
/// What the resources say of who somebody is goes the way of every extract: into a `PersonRecord`, and
/// from there to the engine. What practitioners are by profession is a catalog of ``EntryFile``.
package struct PersonResources {
    private let path: String
    private let systems: ResourceSystems
    private let type: String
    /// How codes of the register of providers are told; nil of patients.
    private let register: ResourceMapping?

    /// Prepares to read a file: its patients, or the practitioners of a register of providers.
    ///
    /// Those have as local identifiers the codes that ``EntryFile`` gives their professions.
    package init(
        path: String, ofProvidersOf register: String? = nil,
        directory: AuthorityDirectory = .shipped
    ) {
        self.path = path
        let systems = ResourceSystems(directory)
        self.systems = systems
        type = register == nil ? "Patient" : "Practitioner"
        self.register = register.map {
            ResourceMapping(catalog: CatalogKey(.provider, $0), systems: systems)
        }
    }

    /// Tells each person, in the order of the file; resources of other types are passed over.
    package func read(_ body: (Result<ExtractRow, RejectedResource>) throws -> Void) throws {
        guard path != "-" else { throw ExtractError.needsFile(format: "fhir") }
        try LineFile(path: path).forEachBytes(bytesMax: ExtractLimits.resourceBytesMax) {
            line, bytes, _ in
            guard bytes.contains(where: { $0 > 0x20 }) else { return }
            let resource: JSONValue
            do throws(JSONError) {
                resource = try JSONParser.parse(bytes)
            } catch {
                return try body(
                    .failure(
                        RejectedResource(
                            row: RejectedRow(
                                lineNumber: line, reason: error.description,
                                bytes: Array(bytes.prefix(ExtractLimits.rejectedBytesMax))))))
            }
            guard resource["resourceType"]?.string == type else { return }
            try body(.success(row(resource, line)))
        }
    }

    /// Writes all persons as an extract in CSV, and tells how many.
    ///
    /// - Parameters:
    ///   - output: Where the extract appears.
    ///   - rejected: Is told of each line that is no resource.
    /// - Returns: The rows of the extract.
    /// - Throws: `ExtractError` where a file cannot be read or written.
    package func writeExtract(
        to output: String, rejected: (RejectedRow) throws -> Void = { _ in }
    ) throws -> Int {
        var authorities = Set<String>()
        try read { result in
            guard case .success(let row) = result else { return }
            authorities.formUnion(row.person.identifiers.map(\.authority))
        }
        let known = authorities.filter { !$0.isEmpty }.sorted()
        let further: [FurtherNameField] = [.socialGiven, .formerGiven, .formerFamily]
        let header =
            ["record_id", "local_id", "recorded_at"]
            + DemographicField.allCases.map { $0.name.description }
            + further.map { $0.name.description } + known.map { "id.\($0)" }
        var writer = try DelimitedWriter(path: output, header: header)
        var count = 0
        try read { result in
            switch result {
            case .failure(let resource): try rejected(resource.row)
            case .success(let row):
                writer.append(row.recordID)
                writer.append(row.localID)
                writer.append(row.recordedAt)
                for field in DemographicField.allCases { writer.append(row.person[field]) }
                for field in further { writer.append(row.person[field]) }
                for authority in known {
                    let values = row.person.identifiers.filter { $0.authority == authority }
                    writer.append(values.map(\.value).joined(separator: "\u{1F}"))
                }
                try writer.endRow()
                count += 1
            }
        }
        try writer.finish()
        return count
    }
}

/// A line that is no resource, with its reason.
package struct RejectedResource: Error, Hashable, Sendable {
    package var row: RejectedRow
}

// What a resource says of a person.
extension PersonResources {
    private func row(_ resource: JSONValue, _ line: Int) -> ExtractRow {
        var row = ExtractRow()
        row.lineNumber = line
        addIdentifiers(resource, to: &row.person)
        row.recordID =
            resource["id"]?.string ?? row.person.identifiers.first?.value ?? String(line)
        row.localID = register?.practitionerCode(of: resource) ?? row.recordID
        row.recordedAt = resource["meta"]?["lastUpdated"]?.string ?? ""
        addNames(resource, to: &row.person)
        addBirthAndDeath(resource, to: &row.person)
        addContacts(resource, to: &row.person)
        return row
    }

    private func addIdentifiers(_ resource: JSONValue, to person: inout PersonRecord) {
        for item in resource["identifier"]?.array ?? [] {
            guard let value = item["value"]?.string, !value.isEmpty else { continue }
            let status: IdentifierStatus =
                switch item["use"]?.string {
                case "old": .old
                case "temp": .temporary
                default: .current
                }
            // An authority that nobody told of is kept by its system, as far as columns can name it.
            let authority = systems.authority(of: item["system"]?.string ?? "")
            // The register's own name for a provider is no number of the person.
            if let register, authority.isEmpty || authority == register.catalog.authority {
                continue
            }
            person.identifiers.append(
                LocalIdentifier(
                    authority: Source.isCode(authority) ? authority : "", value: value,
                    status: status))
        }
    }

    private static let secondFamilies = [
        "SegundoApellido", "humanname-mothers-family", "apellido-materno",
    ]

    private func addNames(_ resource: JSONValue, to person: inout PersonRecord) {
        let names = resource["name"]?.array ?? []
        func given(_ name: JSONValue) -> String {
            (name["given"]?.array ?? []).compactMap(\.string).joined(separator: " ")
        }
        func name(_ use: String) -> JSONValue? { names.first { $0["use"]?.string == use } }
        guard
            let main = name("official") ?? names.first(where: { $0["use"] == nil })
                ?? name("usual") ?? names.first
        else { return }
        person[.given] = given(main)
        person[.family] = main["family"]?.string ?? ""
        for item in main["_family"]?["extension"]?.array ?? [] {
            guard let url = item["url"]?.string, let value = item["valueString"]?.string else {
                continue
            }
            if Self.secondFamilies.contains(where: url.hasSuffix) { person[.mothersFamily] = value }
        }
        // Born under one name and called by another: the birth name is the one that identifies.
        if let maiden = name("maiden")?["family"]?.string, maiden != person[.family] {
            person[.usedFamily] = person[.family]
            person[.family] = maiden
        }
        if let usual = name("usual"), usual != main {
            let family = usual["family"]?.string ?? ""
            if family.isEmpty {
                person.set(.socialGiven, to: given(usual))
            } else if family != person[.family] {
                person[.usedFamily] = family
            }
        }
        if let old = name("old") {
            person.set(.formerGiven, to: given(old))
            person.set(.formerFamily, to: old["family"]?.string ?? "")
        }
    }

    private func addBirthAndDeath(_ resource: JSONValue, to person: inout PersonRecord) {
        person[.sex] =
            switch resource["gender"]?.string {
            case "male": "M"
            case "female": "F"
            case let word?: word
            case nil: ""
            }
        person[.birthDate] = resource["birthDate"]?.string ?? ""
        if let died = resource["deceasedDateTime"]?.string {
            person[.deceasedDate] = String(died.prefix(10))
        }
        if let order = resource["multipleBirthInteger"]?.integer {
            person[.birthOrder] = String(order)
        }
        let place = resource["extension"]?.array?.first {
            $0["url"]?.string?.hasSuffix("patient-birthPlace") ?? false
        }?["valueAddress"]
        person[.birthPlace] = place?["city"]?.string ?? place?["text"]?.string ?? ""
    }

    private func addContacts(_ resource: JSONValue, to person: inout PersonRecord) {
        for phone in ResourceElements.contacts(resource["telecom"], "phone").compactMap(\.string) {
            person.append(phone, to: .phone)
        }
        for email in ResourceElements.contacts(resource["telecom"], "email").compactMap(\.string) {
            person.append(email, to: .email)
        }
        let addresses = resource["address"]?.array ?? []
        let address = addresses.first { $0["use"]?.string != "old" }
        person[.address] = ResourceElements.street(address)?.string ?? ""
        person[.municipality] = address?["city"]?.string ?? ""
        person[.postalCode] = address?["postalCode"]?.string ?? ""
        for contact in resource["contact"]?.array ?? [] {
            let codes = (contact["relationship"]?.array ?? [])
                .flatMap { $0["coding"]?.array ?? [] }.compactMap { $0["code"]?.string }
            let given = (contact["name"]?["given"]?.array ?? []).compactMap(\.string)
                .joined(separator: " ")
            if codes.contains("MTH") { person[.motherGiven] = given }
            if codes.contains("FTH") { person[.fatherGiven] = given }
        }
    }
}
