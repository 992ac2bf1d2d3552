import RegistryModel

extension JSONMember {
    /// A whole number.
    static func count(_ key: String, _ value: Int) -> JSONMember {
        JSONMember(key, .integer(Int64(value)))
    }

    /// A number with as many decimals as mean something.
    static func rounded(_ key: String, _ value: Double, places: Int) -> JSONMember {
        JSONMember(key, .rounded(value, places: places))
    }

    /// An object.
    static func object(_ key: String, _ members: [JSONMember]) -> JSONMember {
        JSONMember(key, .object(members))
    }
}

extension JSONValue {
    /// A number with as many decimals as mean something.
    static func rounded(_ value: Double, places: Int) -> JSONValue {
        .number(Double(Figures.decimal(value, places: places)) ?? 0)
    }

    /// The value as text.
    var text: String {
        var writer = JSONWriter()
        writer.value(self)
        return writer.text
    }
}
