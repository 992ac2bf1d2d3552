internal import CLibPQ

extension PostgresConnection {
    /// How PostgreSQL's own programs reach the same database: settings of their environment.
    ///
    /// A password is among them, so that it stands in no list of arguments.
    var toolSettings: [String] {
        guard let options = unsafe PQconninfo(handle) else { return [] }
        defer { unsafe PQconninfoFree(options) }
        var settings: [String] = []
        var option = unsafe options
        while unsafe option.pointee.keyword != nil {
            if let name = unsafe option.pointee.envvar, let value = unsafe option.pointee.val,
                unsafe value.pointee != 0
            {
                unsafe settings.append(String(cString: name) + "=" + String(cString: value))
            }
            unsafe option += 1
        }
        return settings
    }

    /// The major version of the server, for example 15.
    var serverMajorVersion: Int { unsafe Int(PQserverVersion(handle)) / 10_000 }
}
