extension CountryProfile {
    static func peru() -> CountryProfile { chile() }
    static func france() -> CountryProfile { chile() }
    static func iran() -> CountryProfile { chile() }
}
