internal import Extracts

extension ColumnMapping {
    /// What the user should look over: columns that only their values explain, and those not used but
    /// by whoever else reads the file.
    func notes(path: String, readElsewhere: Set<String> = []) -> [String] {
        let told = toldByValues.map { column, meaning in
            "\(path): by its values, \(column) is read as \(meaning.title)"
        }
        let unused = unrecognised.filter { !readElsewhere.contains($0) }
        return unused.isEmpty
            ? told : told + ["\(path): not used: \(unused.joined(separator: ", "))"]
    }
}
