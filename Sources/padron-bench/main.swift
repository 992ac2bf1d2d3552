import Foundation

let arguments = Array(CommandLine.arguments.dropFirst())
exit(BenchmarkTable.run(arguments))
