import Extracts
import Foundation

/// The files that a command is to write, checked before the work that fills them.
enum OutputPaths {
    /// Looks at all outputs.
    ///
    /// - Parameters:
    ///   - arguments: The arguments of the command.
    ///   - outputs: The options that name files to write.
    ///   - inputs: The options that name files to read, beside the operands.
    /// - Throws: `UsageError` where two outputs are one file or one would take the place of an input,
    ///   `ExtractError` where one cannot be written.
    static func check(
        _ arguments: ParsedArguments, outputs: [String], inputs: [String]
    ) throws {
        let read = Set(
            (arguments.operands + inputs.compactMap(arguments.value)).filter { $0 != "-" }.map(file)
        )
        var written: [String: String] = [:]
        for option in outputs {
            guard let path = arguments.value(option) else { continue }
            let file = file(path)
            guard !read.contains(file) else {
                throw UsageError("\(option) would take the place of a file that is read")
            }
            // Bytes that are thrown away may be thrown away together.
            if path != "/dev/null", let other = written.updateValue(option, forKey: file) {
                throw UsageError("\(other) and \(option) name one file; name two")
            }
            try OutputFile.check(path: path)
        }
    }

    /// A path by which a file is known from others, `-` being itself.
    private static func file(_ path: String) -> String {
        path == "-" ? path : URL(filePath: path).resolvingSymlinksInPath().path
    }
}
