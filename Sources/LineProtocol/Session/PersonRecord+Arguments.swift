package import Identity
package import RegistryModel

extension PersonRecord {
    /// The person that a request describes, in arguments, in its object, or in both.
    ///
    /// Arguments that describe no person are passed over; the command table has checked them.
    ///
    /// - Throws: `bad-request` naming the key that is wrong.
    package init(
        arguments: [Request.Argument], object: JSONValue?
    ) throws(RegistryError) {
        if let object {
            try PersonRecord.checkLengths(of: object)
            try self.init(json: object)
        } else {
            self.init()
        }
        let inObject = DemographicField.allCases.filter(has)
        let namesInObject = FurtherNameField.allCases.filter { !self[$0].isEmpty }
        var national: [String] = []
        var nationalAuthorities: [String] = []
        for argument in arguments where !argument.key.isEmpty {
            let key = argument.key
            guard argument.value.utf8.count <= PersonRecord.valueBytesMax else {
                throw PersonRecord.tooLong(key)
            }
            if let field = DemographicField(name: key) {
                guard !inObject.contains(field) else {
                    throw RegistryError(
                        .badRequest, "\(key) stands as an argument and in the object")
                }
                try add(argument.value, to: field)
            } else if let field = FurtherNameField(name: key) {
                guard !namesInObject.contains(field) else {
                    throw RegistryError(
                        .badRequest, "\(key) stands as an argument and in the object")
                }
                set(field, to: argument.value)
            } else if key.hasPrefix("id.") {
                try addIdentifier(authority: String(key.dropFirst(3)), value: argument.value)
            } else if key == "national_id" {
                national.append(argument.value)
            } else if key == "national_id_authority" {
                nationalAuthorities.append(argument.value)
            }
        }
        guard nationalAuthorities.count <= national.count else {
            throw RegistryError(
                .badRequest, "national_id_authority stands more often than national_id")
        }
        for (index, value) in national.enumerated() {
            let authority = index < nationalAuthorities.count ? nationalAuthorities[index] : ""
            try addIdentifier(authority: authority, value: value)
        }
    }

    private mutating func add(
        _ value: String, to field: DemographicField
    ) throws(RegistryError) {
        guard !value.isEmpty else { return }
        let separator = has(field) ? 1 : 0
        let length = withBytes(of: field) { $0.count }
        guard length + separator + value.utf8.count <= PersonRecord.valueBytesMax else {
            throw PersonRecord.tooLong(field.name.description)
        }
        append(value, to: field)
    }

    private mutating func addIdentifier(
        authority: String, value: String
    ) throws(RegistryError) {
        guard authority.isEmpty || Source.isCode(authority) else {
            throw RegistryError(
                .badRequest, "an authority's code is lower-case letters, digits and hyphens")
        }
        guard value.utf8.count <= ProtocolLimits.identifierBytesMax else {
            throw RegistryError(
                .badRequest,
                "an identifier's value has at most \(ProtocolLimits.identifierBytesMax) bytes")
        }
        guard !value.isEmpty else { return }
        identifiers.append(LocalIdentifier(authority: authority, value: value))
    }

    /// Refuses text that a record would cut.
    private static func checkLengths(of object: JSONValue) throws(RegistryError) {
        guard case .object(let members) = object else { return }
        for member in members {
            if member.key == "names" {
                try checkNames(member.value.array ?? [])
                continue
            }
            let texts =
                [member.value.string ?? ""] + (member.value.array ?? []).map { $0.string ?? "" }
            let length = texts.reduce(texts.count - 1) { $0 + $1.utf8.count }
            guard length <= valueBytesMax else { throw tooLong(member.key) }
        }
    }

    private static func checkNames(_ names: [JSONValue]) throws(RegistryError) {
        guard names.count <= ProtocolLimits.furtherNamesMax else {
            throw RegistryError(
                .badRequest, "names has at most \(ProtocolLimits.furtherNamesMax) names")
        }
        for name in names {
            for part in ["given", "family", "mothers_family"]
            where (name[part]?.string?.utf8.count ?? 0) > valueBytesMax {
                throw tooLong(part)
            }
        }
    }

    private static func tooLong(_ key: String) -> RegistryError {
        RegistryError(.badRequest, "\(key) is longer than \(valueBytesMax) bytes")
    }
}
