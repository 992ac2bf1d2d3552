/// The object identifiers of PostgreSQL's built-in types, from its `pg_type.dat`.
package enum PostgresType {
    /// Left to the server, which takes it from the place where the parameter stands.
    package static let unspecified: UInt32 = 0
    static let boolean: UInt32 = 16
    static let bytea: UInt32 = 17
    static let int64: UInt32 = 20
    static let int16: UInt32 = 21
    static let int32: UInt32 = 23
    static let text: UInt32 = 25
    static let oid: UInt32 = 26
    static let float: UInt32 = 700
    static let double: UInt32 = 701
    static let booleanArray: UInt32 = 1000
    static let byteaArray: UInt32 = 1001
    static let int32Array: UInt32 = 1007
    static let textArray: UInt32 = 1009
    static let int64Array: UInt32 = 1016
    static let doubleArray: UInt32 = 1022
    static let timestamp: UInt32 = 1184
    static let timestampArray: UInt32 = 1185
    static let jsonb: UInt32 = 3802
}

/// How a value travels: as text that the type's input function reads, or in its binary form.
package enum PostgresFormat: Int32, Sendable {
    /// The type's text form.
    case text = 0
    /// The type's binary form, integers in network byte order.
    case binary = 1
}
