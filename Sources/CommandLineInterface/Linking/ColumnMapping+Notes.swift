internal import Extracts

extension ColumnMapping {
    /// What the user should look over: columns that only their values explain, and those not used.
    func notes(path: String) -> [String] {
        let told = toldByValues.map { column, meaning in
            "\(path): by its values, \(column) is read as \(meaning.title)"
        }
        let unused = unrecognised
        return unused.isEmpty
            ? told : told + ["\(path): not used: \(unused.joined(separator: ", "))"]
    }
}
