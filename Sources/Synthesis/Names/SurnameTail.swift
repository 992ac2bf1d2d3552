/// Rare surnames made by joining stems and endings as a language does.
///
/// A country has tens of thousands of surnames; with the listed few hundred alone far too many
/// people would be called the same. Each family of stems and endings is one way of naming.
struct SurnameTail {
    /// Stems and endings, separated by white space; `_` stands for a space.
    let families: [(stems: String, endings: String)]

    /// The tail in mixed order: at most `countMax` names that are not in the pool yet.
    func names(in pool: inout NamePool, countMax: Int) -> [Name] {
        var names: [Name] = []
        let known = pool.count
        let lists = families.map { family in
            (stems: SurnameTail.split(family.stems), endings: SurnameTail.split(family.endings))
        }
        let total = lists.reduce(0) { $0 + $1.stems.count * $1.endings.count }
        // A stride without common divisor visits every pair once, families mixed.
        var stride = total * 618 / 1000 | 1
        while SurnameTail.greatestCommonDivisor(stride, total) != 1 { stride += 2 }
        for step in 0..<total where names.count < countMax {
            var place = step * stride % total
            for list in lists {
                let size = list.stems.count * list.endings.count
                guard place >= size else {
                    let stem = list.stems[place / list.endings.count]
                    let ending = list.endings[place % list.endings.count]
                    let before = pool.count
                    let name = pool.intern(stem + ending)
                    if pool.count > before, name.rawValue >= known { names.append(name) }
                    break
                }
                place -= size
            }
        }
        return names
    }

    private static func split(_ list: String) -> [String] {
        list.split(whereSeparator: \.isWhitespace).map { String($0.map { $0 == "_" ? " " : $0 }) }
    }

    private static func greatestCommonDivisor(_ left: Int, _ right: Int) -> Int {
        right == 0 ? left : greatestCommonDivisor(right, left % right)
    }
}
