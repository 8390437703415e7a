"""What the flows tell the library: names that people read, steps and returns as the sheets have them."""

from ppid.flows.shape import shape


def test_a_flow_has_the_name_of_its_sheet_and_its_steps_and_returns():
    publication, exclusion = shape("publication"), shape("exclusion")
    assert (publication.name, publication.steps, publication.returns) == ("Pengumuman informasi publik", 7, {4: 3})
    assert (exclusion.name, exclusion.steps, exclusion.returns) == ("Pengecualian informasi", 5, {2: 1, 4: 3})
