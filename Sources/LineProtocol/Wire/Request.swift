package import RegistryModel

/// One request line, read by the grammar but not yet understood.
package struct Request: Hashable, Sendable {
    /// A value, with its key where it has one.
    package struct Argument: Hashable, Sendable {
        /// Empty for a positional argument.
        package var key: String
        package var value: String

        /// Creates an argument.
        package init(key: String = "", value: String) {
            self.key = key
            self.value = value
        }
    }

    package var verb: Verb
    /// The arguments in the order in which they were written.
    package var arguments: [Argument]
    /// The object that ends the request.
    package var object: JSONValue?

    /// Creates a request.
    package init(verb: Verb, arguments: [Argument] = [], object: JSONValue? = nil) {
        self.verb = verb
        self.arguments = arguments
        self.object = object
    }

    /// The values of a key, in order.
    package func values(of key: String) -> [String] {
        arguments.filter { $0.key == key }.map(\.value)
    }

    /// The value of a key that stands once at most, by the checks of the command table.
    package func value(of key: String) -> String? {
        arguments.first { $0.key == key }?.value
    }
}
