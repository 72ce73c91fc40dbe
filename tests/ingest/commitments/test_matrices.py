

def test_a_column_of_responsible_bodies_names_the_body_of_each_row() -> None:
    found = register(
        "Thematic Areas\tRecommended Actions\tResponsible ASEAN bodies\tIndicative Calendar\tCollaborators\n"
        "Labour law\tFinalise the survey of labour laws\tSLOM-WG\t2010 - 2011\tILO\n"
        "Migrant workers\tHold the annual forum on migrant labour\tACMW\t2010 - 2015\tIOM\n"
    )
    assert [(row.body, row.coordinators) for row in found] == [("SLOM-WG", ()), ("ACMW", ())]
