/// One person of the generated population: the truth behind the records.
struct SyntheticPerson {
    enum Sex: Int { case female, male }

    /// Number in the whole population, from 0.
    var index = 0
    var sex = Sex.female
    var community = 0
    /// Day numbers; 0 stands for "has not happened", since nobody dies on 1970-01-01 here.
    var birthDay = 0
    var deathDay = 0
    var firstGiven = Name.none
    var secondGiven = Name.none
    var family = Name.none
    /// Mother's surname, or in France the second part of a double name.
    var secondFamily = Name.none
    /// The husband's surname, in use from the marriage on.
    var usedFamily = Name.none
    var marriageDay = 0
    var motherGiven = Name.none
    var fatherGiven = Name.none
    /// The mother's place in the block, or -1.
    var mother = -1
    /// Places of dwellings in the block; `formerHome` is -1 for people who never moved.
    var home = 0
    var formerHome = -1
    var movedDay = 0
    /// Subscriber numbers; 0 is none, and then the household's serves.
    var phone = 0
    var formerPhone = 0
    var birthPlace = 0
    /// Place in a multiple birth, 0 for single ones.
    var birthOrder = 0
    /// A number of the country's register without check characters; 0 is none.
    var nationalNumber = 0
    /// 0 is none.
    var passportNumber = 0
    var insurer = 0
    /// Decides the form of the e-mail address; 0 is none.
    var emailForm = 0
    var singleSurname = false

    /// Full years at today's date.
    var age: Int { (CivilDate.today - birthDay) * 4 / 1461 }
}

/// An address where one or more persons live.
struct Dwelling {
    var place = 0
    var street = Name.none
    var number = 0
    /// Flat number; 0 is a house.
    var unit = 0
    /// Number of the shared line.
    var phone = 0
}
